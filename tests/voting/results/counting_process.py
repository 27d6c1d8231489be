"""A real process that counts a vote, which can be held up just before its commit so that it is killed there."""

import os
import sys
import time
from dataclasses import replace
from pathlib import Path

from app import create_app
from app.accounts.models import Person
from app.accounts.queries import actor_of
from app.config import Settings
from app.core.clock import now
from app.core.db import db
from app.voting.board import services
from app.voting.board.models import PendingAction
from app.voting.results.events import VoteCounted

FOLDER = Path(os.environ.get("TEST_FOLDER", "/nowhere"))


def hold(_event: VoteCounted) -> None:
    """Say that everything is written but the commit, and wait as long as a file says so."""
    if os.environ.get("TEST_EARLY_COMMIT"):
        db.session.commit()
    (FOLDER / "began").touch()
    while (FOLDER / "hold").exists():
        time.sleep(0.02)


def main(action_id: str, approver_id: int) -> None:
    """Agree as that member with a request to count."""
    url, data_dir = os.environ["TEST_DATABASE"], Path(os.environ["TEST_DATA_DIR"])
    app = create_app(Settings(secret_key="test", database_url=url, data_dir=data_dir, testing=True))
    app.extensions["event_wiring"] = {VoteCounted: [hold]}
    with app.app_context():
        who = replace(actor_of(db.session.get_one(Person, approver_id)), confirmed_at=now())
        key = bytes.fromhex(action_id)
        seen = db.session.get_one(PendingAction, key).payload_hash
        services.approve(key, seen, by=who)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

"""A process that casts a list of ballots one after another and says after each that it is stored."""

import json
import os
import sys
from pathlib import Path

import sqlalchemy as sa

from app import create_app
from app.config import Settings
from app.core.access import Actor
from app.core.db import db
from app.voting.ballots.services import CastBallot, cast


def main(work: Path) -> None:
    """Cast what the file says; `PRAGMAS` weakens the connections, for twins."""
    task = json.loads(work.read_text())
    settings = Settings(
        secret_key=os.environ["SECRET_KEY"],
        database_url=os.environ["DATABASE_URL"],
        data_dir=Path(os.environ["DATA_DIR"]),
        testing=True,
    )
    app = create_app(settings)
    with app.app_context(), open(task["acknowledgements"], "wb", buffering=0) as said:
        for pragma in filter(None, os.environ.get("PRAGMAS", "").split(",")):
            sa.event.listen(db.engine, "connect", lambda connection, _r, p=pragma: connection.execute(f"PRAGMA {p}"))
        for number, letter in enumerate(task["letters"]):
            voter = Actor(id=letter["voter"], name="", resident_of=letter["home"])
            cast(task["cycle"], CastBallot(ranking=tuple(letter["ranking"]), token=letter["token"]), by=voter)
            said.write(b"%d\n" % number)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

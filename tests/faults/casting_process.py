"""A process that casts ballots, part after part, and says after each ballot that it is stored; it may bring a server.

Its task is a file: for each part the letters, what every connection is told (`settings`, for twins), what the database
is told before it (`first`), and how many cast at once. A PostgreSQL server that is named there is started here, so that
one record of system calls holds what it did and what was acknowledged.
"""

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from app import create_app
from app.config import Settings
from app.core.access import Actor
from app.core.db import db
from app.voting.ballots.services import CastBallot, cast
from tests.postgres import Cluster


def main(work: Path) -> None:
    """Do what the file says."""
    task = json.loads(work.read_text())
    settings = Settings(
        secret_key=os.environ["SECRET_KEY"],
        database_url=os.environ["DATABASE_URL"],
        data_dir=Path(os.environ["DATA_DIR"]),
        testing=True,
    )
    with ExitStack() as stack:
        if task["server"]:
            cluster = Cluster(**task["server"] | {"folder": Path(task["server"]["folder"])})
            stack.callback(cluster.stop)
            cluster.start()
        app = create_app(settings)
        said = os.open(task["acknowledgements"], os.O_WRONLY | os.O_CREAT, 0o600)
        for part in task["parts"]:
            cast_part(app, task["cycle"], part, said)


def cast_part(app: Flask, cycle_id: int, part: dict[str, Any], said: int) -> None:
    """Cast its letters, so many at once, and write down the number of each that is stored."""
    with app.app_context():
        db.engine.dispose()
        for order in part["settings"]:
            sa.event.listen(db.engine, "connect", lambda connection, _record, order=order: tell(connection, order))
        for order in part["first"]:
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(sa.text(order))

    def send(letter: dict[str, Any]) -> None:
        voter = Actor(id=letter["voter"], name="", resident_of=letter["home"])
        with app.app_context():
            cast(cycle_id, CastBallot(ranking=tuple(letter["ranking"]), token=letter["token"]), by=voter)
        os.write(said, b"%d\n" % letter["number"])

    with ThreadPoolExecutor(part["at_once"]) as senders:
        list(senders.map(send, part["letters"]))


def tell(connection: Any, order: str) -> None:
    """Tell a new connection something for as long as it lasts."""
    connection.execute(order)
    if hasattr(connection, "pgconn"):
        connection.commit()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

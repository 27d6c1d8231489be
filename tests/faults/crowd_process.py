"""Several processes whose threads cast at once; each waits for the others, and writes down how its casts ended."""

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from app import create_app
from app.config import Settings
from app.core.access import Actor
from app.core.db import db, transaction
from app.voting.ballots.services import CastBallot, NotCast, cast

THREADS = 16
Act = Callable[[dict[str, Any], dict[str, Any]], None]


def honestly(task: dict[str, Any], letter: dict[str, Any]) -> None:
    """The cast of residents."""
    voter = Actor(id=letter["voter"], name="", resident_of=task["home"])
    cast(task["cycle"], CastBallot(ranking=tuple(letter["ranking"]), token=letter["token"]), by=voter)


def looking_first(_task: dict[str, Any], letter: dict[str, Any]) -> None:
    """The twin: see whether they have voted, and if not, insert."""
    query = sa.text("SELECT count(*) FROM naive_ballot WHERE voter = :voter")
    has_voted = db.session.execute(query, {"voter": letter["voter"]}).scalar_one()
    db.session.rollback()
    if not has_voted:
        with transaction():
            db.session.execute(sa.text("INSERT INTO naive_ballot VALUES (:voter)"), {"voter": letter["voter"]})


ACTS: Mapping[str, Act] = {"honest": honestly, "naive": looking_first}


def ending(app: Flask, task: dict[str, Any], letter: dict[str, Any], act: Act) -> str:
    """How one cast ended, in a word."""
    with app.app_context():
        try:
            act(task, letter)
        except NotCast as reason:
            return f"refused: {reason.refusal}"
        except Exception as reason:
            return f"broken: {type(reason).__name__}"
        return "ok"


def share(folder: Path, task: dict[str, Any], number: int) -> None:
    """Cast this process' shares with all threads, first honestly and then as the twin does, and report."""
    data_dir = Path(os.environ["DATA_DIR"])
    url, secret = os.environ["DATABASE_URL"], os.environ["SECRET_KEY"]
    app = create_app(Settings(secret_key=secret, database_url=url, data_dir=data_dir, testing=True))
    endings = {}
    for name, act in ACTS.items():
        (folder / f"{name}-{number}").touch()
        while len(list(folder.glob(f"{name}-*"))) < len(task["honest"]):
            time.sleep(0.005)
        with ThreadPoolExecutor(THREADS) as pool:
            each = partial(ending, app, task, act=act)
            endings[name] = Counter(pool.map(each, task[name][number]))
    (folder / f"ended-{number}").write_text(json.dumps(endings))


def main(folder: Path) -> None:
    """A process for every share, forked from this one before it has any app or thread of its own."""
    task = json.loads((folder / "task").read_text())
    crowd = []
    for number in range(len(task["honest"])):
        child = os.fork()
        if child == 0:
            share(folder, task, number)
            os._exit(0)
        crowd.append(child)
    for child in crowd:
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

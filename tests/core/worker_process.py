"""The app of a real worker process in a test: one kind of job, which can be held up so that its worker is killed."""

import os
import time
from pathlib import Path

from flask import Flask

from app import create_app as the_app
from app.config import Settings
from app.core.clock import now
from app.core.db import db
from app.core.jobs import Lease, make_queue
from app.core.once import FormUse

FOLDER = Path(os.environ.get("TEST_FOLDER", "/nowhere"))
KIND = "test.note"


def create_app() -> Flask:
    """A Lamplight on the database of the test whose only job is `note`."""
    url = os.environ["TEST_DATABASE"]
    app = the_app(Settings(secret_key="test", database_url=url, data_dir=FOLDER))
    make_queue(app)
    app.extensions["job_wiring"] = {KIND: note}
    return app


def note(lease: Lease) -> None:
    """Say that it began, wait as long as a file says so, and leave one row."""
    with (FOLDER / "began").open("a") as file:
        file.write(f"{os.getpid()}\n")
    while (FOLDER / "hold").exists():
        time.sleep(0.05)
    with lease.finishing():
        db.session.add(FormUse(key=f"{lease.job_id} by {os.getpid()}", made_id=lease.job_id, used_at=now()))

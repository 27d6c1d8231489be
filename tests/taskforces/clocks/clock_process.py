"""The worker as a process of its own in a test: it runs the clocks of a day, and can be held in the middle of it."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from flask import Flask

from app import create_app as the_app
from app.config import Settings
from app.core.cli import work
from app.core.db import db
from app.core.jobs import Lease, make_queue
from app.taskforces.clocks import services as clocks
from app.taskforces.setbacks.reminders import services as reminders
from app.wiring import JOBS
from tests.taskforces.setbacks.days import telling_without_a_trace

PATIENCE = 60


def create_app() -> Flask:
    """A Lamplight on the database of the test that does nothing but run days; it sends no mail."""
    folder = Path(os.environ["TEST_FOLDER"])
    app = the_app(Settings(secret_key="test", database_url=os.environ["TEST_DATABASE"], data_dir=folder))
    make_queue(app)
    app.extensions["job_wiring"] = dict.fromkeys(JOBS, _leave_it) | {clocks.DAY: clocks.run_day}
    if os.environ.get("TEST_TWIN"):
        reminders._tell = telling_without_a_trace
    if held_at := int(os.environ.get("TEST_HELD_AT", "0")):
        _hold(folder / "held", held_at)
    return app


def _leave_it(_lease: Lease) -> None:
    """What is no day waits for another worker."""


def _hold(mark: Path, held_at: int) -> None:
    """Stop for good in the `held_at`-th reminder, which is written and not committed; the mark says so."""
    honest, told = reminders._tell, count(1)

    def holding(*given: Any) -> None:
        honest(*given)
        if next(told) == held_at:
            mark.touch()
            while True:
                time.sleep(60)

    reminders._tell = holding


@contextmanager
def worker(url: str, folder: Path, **told: str) -> Iterator[BaseProcess]:
    """What `flask worker` does on that database, in a process of its own; `told` goes into its environment.

    It is born by a fork, because starting Python and importing everything takes longer than all the rest. It does not
    outlive the block.
    """
    db.session.remove()
    db.engine.dispose()  # no connection may be shared with the child
    running = get_context("fork").Process(
        target=_run, args=({"TEST_DATABASE": url, "TEST_FOLDER": str(folder), **told},)
    )
    running.start()
    try:
        yield running
    finally:
        running.kill()
        running.join()


def _run(told: dict[str, str]) -> None:
    os.environ.update(told)
    work(create_app())


def until(true: Any) -> None:
    """Wait until it is so."""
    ends = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < ends, "it never came to that"
        time.sleep(0.1)

"""The worker: one process that runs jobs until it is told to stop."""

import signal
from queue import Empty, SimpleQueue

import click
import structlog
from flask import Flask, current_app
from flask.cli import with_appcontext

from app.core.jobs import announce_waiting

log = structlog.get_logger()
STOPS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
WORKERS = 2
"""One long job, such as explaining the result of a large vote, must not keep a sign-in code waiting."""
PATIENCE_SECONDS = 12
"""How long a job in hand may go on after the signal; after that it is left to its lease and runs again."""


@click.command("worker")
@with_appcontext
def worker_command() -> None:
    """Run jobs in the foreground; SIGTERM and Ctrl-C end it after the job in hand."""
    work(current_app._get_current_object())  # type: ignore[attr-defined]  # the proxy must not go to other threads


def work(app: Flask) -> None:
    """Run jobs until a signal says to stop; every ten seconds a thread that has died is replaced."""
    told: SimpleQueue[int] = SimpleQueue()
    with app.app_context():
        announce_waiting()
    consumer = app.extensions["huey"].create_consumer(
        workers=WORKERS, worker_type="thread", max_delay=1.0, shutdown_timeout=PATIENCE_SECONDS
    )
    consumer.start()
    for number in STOPS:
        signal.signal(number, lambda heard, _frame: told.put(heard))
    log.info("worker started")
    while not _heard(told):
        consumer.check_worker_health()
    consumer.stop(graceful=True)
    log.info("worker stopped")


def _heard(told: SimpleQueue[int]) -> bool:
    try:
        told.get(timeout=10)
    except Empty:
        return False
    return True

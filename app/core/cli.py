"""The worker: one process that runs jobs until it is told to stop."""

import signal

import click
import structlog
from flask import Flask, current_app
from flask.cli import with_appcontext

from app.core.jobs import run_waiting

log = structlog.get_logger()
STOPS = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
PATIENCE_SECONDS = 12
"""How long a job in hand may go on after the signal; after that it is left to its lease and runs again."""


@click.command("worker")
@with_appcontext
def worker_command() -> None:
    """Run jobs in the foreground; SIGTERM and Ctrl-C end it after the job in hand."""
    work(current_app._get_current_object())  # type: ignore[attr-defined]  # the proxy must not go to other threads


def work(app: Flask) -> None:
    """Run what waits already, then every new job, until a signal to stop; health is looked after every ten seconds."""
    # Blocked before the threads start, so that each signal waits here instead of interrupting one of them.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    with app.app_context():
        run_waiting()
    consumer = app.extensions["huey"].create_consumer(
        workers=1, worker_type="thread", max_delay=1.0, shutdown_timeout=PATIENCE_SECONDS
    )
    consumer.start()
    log.info("worker started")
    while signal.sigtimedwait(STOPS, 10) is None:
        consumer.check_worker_health()
    consumer.stop(graceful=True)
    log.info("worker stopped")

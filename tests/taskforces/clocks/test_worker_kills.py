"""The clocks' worker as its own process, killed with `kill -9` in the middle of a day and started again."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.clock import now
from app.core.db import db, transaction
from app.core.jobs import Job, JobStage
from app.taskforces.clocks import services as clocks
from app.taskforces.clocks.models import ClockDay
from tests.sizes import size
from tests.taskforces.clocks.clock_process import until, worker
from tests.taskforces.setbacks.days import town, traces, wrong

pytestmark = [pytest.mark.slow, pytest.mark.soak]

HELD_AT = size(commit=(2,), night=(1, 2, 2, 1))
"""In which of the reminders that are left of the day's three a worker dies, one worker after the other."""


@pytest.fixture
def day(app):
    """A neighborhood whose day was left to the worker, and the address of its database."""
    town(1)
    with transaction():
        db.session.execute(sa.delete(Job))
    clocks.leave_days()
    db.session.remove()
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    return url if isinstance(url, str) else url.render_as_string(hide_password=False)


def is_over():
    db.session.rollback()
    return db.session.scalar(sa.select(ClockDay.finished_at)) is not None


def killed_in(day, folder, held_at, **twin):
    """A worker takes the day, comes to that reminder, and dies there; its lease runs out."""
    mark = folder / "held"
    with worker(day, folder, TEST_HELD_AT=str(held_at), **twin) as running:
        until(lambda: mark.exists() or not running.is_alive())
        assert running.is_alive() and not is_over()
    mark.unlink()
    with transaction():
        past = {"leased_until": now() - timedelta(seconds=1), "tries": 0}
        db.session.execute(sa.update(Job).where(Job.stage == JobStage.RUNNING).values(**past))


def lived_through(day, folder, **twin):
    """The day among kills, to its end."""
    for held_at in HELD_AT:
        killed_in(day, folder, held_at, **twin)
    with worker(day, folder, **twin):
        until(is_over)


def test_a_killed_worker_that_is_started_again_does_nothing_twice_and_leaves_nothing_out(day, tmp_path, figure):
    lived_through(day, tmp_path)
    kind = f"kill -9 of the worker process in a day, {db.engine.dialect.name}"
    figure("T1", kind, size=f"{len(HELD_AT)} kills", figure="nothing twice or lost")
    assert wrong(traces(), 1) == ([], {})


def test_the_check_notices_a_worker_whose_clock_leaves_no_trace(day, tmp_path, figure):
    """The twin: it tells, and keeps no reminder that says so."""
    lived_through(day, tmp_path, TEST_TWIN="yes")
    twice, _left_out = wrong(traces(), 1)
    kind = f"kill -9 of the worker process in a day, {db.engine.dialect.name}"
    figure("T1", kind, twin=f"no trace: {len(twice)} twice")
    assert twice

"""`kill -9` of a worker in the middle of a neighborhood's day: nothing is done twice, and nothing is left out."""

import os
import signal
from contextlib import contextmanager
from datetime import timedelta
from random import Random

import pytest
import sqlalchemy as sa

from app.core.clock import now
from app.core.db import db, transaction
from app.core.jobs import Job, JobStage, run_waiting
from app.taskforces.clocks import services as clocks
from app.taskforces.clocks.models import ClockDay
from app.taskforces.setbacks.reminders import services as reminders
from tests.sizes import size
from tests.taskforces.setbacks.days import CLOCKS, telling_without_a_trace, town, traces, wrong

pytestmark = pytest.mark.soak

EACH = size(commit=1, night=12)
KILLS = size(commit=3, night=60)
STEPS = size(commit=70, night=600)
"""Among how many statements of a day the one is drawn at which the worker dies."""


@contextmanager
def dying_at(step):
    """The process is killed with its `step`-th statement, wherever in a transaction that is."""
    taken = iter(range(step))

    def die(*_statement):
        if next(taken, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    sa.event.listen(db.engine, "before_cursor_execute", die)
    yield


def a_worker_dies(step):
    """A worker process takes the day and is killed in it; whether it got so far."""
    db.session.remove()
    db.engine.dispose()
    child = os.fork()
    if child == 0:
        with dying_at(step):
            run_waiting()
        os._exit(0)
    killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
    with transaction():  # its lease runs out
        past = {"leased_until": now() - timedelta(seconds=1), "tries": 0}
        db.session.execute(sa.update(Job).where(Job.stage == JobStage.RUNNING).values(**past))
    return killed


def lived_through(app, monkeypatch, steps):
    """A day among kills at these steps, to its end: how many of them struck."""
    monkeypatch.setitem(app.extensions, "clocks", CLOCKS)
    monkeypatch.setitem(app.extensions, "job_wiring", {clocks.DAY: clocks.run_day})
    town(EACH)
    with transaction():
        db.session.execute(sa.delete(Job))
    clocks.leave_days()
    struck = sum(a_worker_dies(step) for step in steps)
    only_days = sa.select(Job.id).where(Job.kind == clocks.DAY, Job.stage != JobStage.DONE)
    while db.session.scalars(only_days).all():
        run_waiting()
    return struck


def test_a_worker_killed_in_the_middle_of_a_day_does_nothing_twice_and_leaves_nothing_out(
    app, monkeypatch, seed, figure
):
    struck = lived_through(app, monkeypatch, Random(seed).sample(range(8, STEPS), KILLS))
    of = f"{4 * EACH} projects, {struck} kills"
    figure("T1", f"kill -9 of the clocks' worker, {db.engine.dialect.name}", size=of, figure="nothing twice or lost")
    assert struck > 0 and wrong(traces(), EACH) == ([], {})
    assert db.session.scalar(sa.select(ClockDay.finished_at)) is not None


def test_the_check_notices_a_clock_that_is_not_idempotent(app, monkeypatch, seed, figure):
    monkeypatch.setattr(reminders, "_tell", telling_without_a_trace)
    lived_through(app, monkeypatch, Random(seed).sample(range(3 * STEPS // 4, STEPS), 1))
    twice, _left_out = wrong(traces(), EACH)
    figure("T1", f"kill -9 of the clocks' worker, {db.engine.dialect.name}", twin=f"no trace: {len(twice)} twice")
    assert twice

"""Clocks run once a day in each neighborhood; one that fails keeps no other from its turn, and a day is caught up."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.clock import now, today
from app.core.db import db, transaction
from app.core.jobs import LEASE, Job, JobStage, run_waiting
from app.taskforces.clocks import services
from app.taskforces.clocks.models import ClockDay
from tests import make


@pytest.fixture
def rung(app, monkeypatch):
    """A neighborhood, and what its clocks have heard."""
    heard = []
    monkeypatch.setitem(app.extensions, "clocks", (lambda place, on: heard.append((place, on)),))
    return make.neighborhood(time_zone="Pacific/Auckland"), heard


def test_a_day_is_left_once_and_rings_where_the_neighborhood_is(rung):
    where, heard = rung
    for _each in range(2):
        services.leave_days()
        run_waiting()
    assert heard == [(where.id, today("Pacific/Auckland"))]
    assert db.session.scalar(sa.select(ClockDay.finished_at)) is not None


def test_a_clock_that_fails_keeps_no_other_from_its_turn_and_the_day_runs_again(app, rung, monkeypatch):
    where, heard = rung

    def broken(_place, _on):
        raise OSError("no disk")

    [good] = app.extensions["clocks"]
    monkeypatch.setitem(app.extensions, "clocks", (broken, good))
    services.leave_days()
    run_waiting()
    assert heard == [(where.id, today("Pacific/Auckland"))]
    assert db.session.scalar(sa.select(Job.stage)) is JobStage.WAITING


def test_the_day_of_a_killed_worker_runs_again(app, rung, monkeypatch):
    where, heard = rung
    services.leave_days()
    with transaction():  # as a worker that was killed in the middle leaves it
        ended = {"stage": JobStage.RUNNING, "lease": b"x" * 16, "leased_until": now() - LEASE - timedelta(seconds=1)}
        db.session.execute(sa.update(Job).values(**ended))
    run_waiting()
    assert heard == [(where.id, today("Pacific/Auckland"))]

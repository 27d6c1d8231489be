"""Two who meet in two rooms of a task force at once: what they hold is held in one order, so neither waits for good."""

from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError, current_thread, main_thread

import pytest
import sqlalchemy as sa

from app.core.clock import today
from app.core.db import db, locked, transaction
from app.taskforces.meetings.sessions import services as sessions
from app.taskforces.models import TaskForce
from app.taskforces.projects.pausing import services as pausing
from app.taskforces.seats.services import body_of
from app.taskforces.signing import services as signing
from tests.proposals.said import all_at_once
from tests.reports.progress import quarter
from tests.taskforces.meetings import gathering
from tests.taskforces.projects import steps
from tests.taskforces.signing.words import word


@pytest.fixture
def met(app):
    """Each of two waits with the first row that it locks, for a second, until the other has locked one, too."""
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite lets one writer in at a time: there is no order to keep")
    both, done = Barrier(2), {main_thread()}

    def wait(_connection, _cursor, statement, *_more):
        if " FOR " in statement and current_thread() not in done:
            done.add(current_thread())
            with suppress(BrokenBarrierError):
                both.wait(timeout=1)

    sa.event.listen(db.engine, "after_cursor_execute", wait)
    yield
    sa.event.remove(db.engine, "after_cursor_execute", wait)


def errors(found):
    """What went wrong of it, by its name."""
    return [type(each).__name__ for each in found if isinstance(each, Exception)]


def seats_change(body_id):
    """What every verb about seats begins with."""
    with transaction():
        body_of(body_id)


def ends_a_meeting():
    of = gathering.body()
    meeting_id, body_id, ada = gathering.in_session(of).id, of.row.id, of.ada
    return body_id, lambda: sessions.end_session(meeting_id, by=ada)


def publishes_a_report():
    here = quarter.table()
    return here.body.id, lambda: quarter.freeze(here)


def lets_a_project_rest():
    """With the last signature, which opens a setback."""
    project, ada, bo = steps.chaired()
    ask = pausing.AskPause(reason=steps.LONG, restart_on=today() + timedelta(days=28))
    waits = pausing.propose_pause(project.id, ask, by=ada)
    steps.sign(waits, ada)
    said = word(waits)
    return project.task_force_id, lambda: signing.sign(waits, said, by=bo)


@pytest.mark.parametrize("prepared", [ends_a_meeting, publishes_a_report, lets_a_project_rest])
def test_whoever_works_in_a_task_force_and_whoever_changes_its_seats_both_get_through(prepared, app, met):
    body_id, act = prepared()
    db.session.rollback()
    assert not errors(all_at_once(app, [act, lambda: seats_change(body_id)]))


def test_the_twin_that_holds_the_task_force_before_its_neighborhood_is_thrown_out(app, met, monkeypatch):
    body_id, act = ends_a_meeting()
    monkeypatch.setattr(sessions, "body_of", lambda id_: locked(TaskForce, id_))
    db.session.rollback()
    assert ["OperationalError"] == errors(all_at_once(app, [act, lambda: seats_change(body_id)]))

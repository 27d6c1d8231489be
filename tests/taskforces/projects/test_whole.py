"""A project's page asks its own rooms a counted number of times; what waits is told; old sites keep their promises."""

import importlib.util
from datetime import timedelta
from threading import Thread

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

from app.core.clock import today
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.taskforces.projects import queries as projects
from app.taskforces.projects.baselines import queries as baselines
from app.taskforces.projects.claims import services as claims
from app.taskforces.projects.claims.models import MilestoneClaim
from app.taskforces.projects.models import Milestone
from app.taskforces.projects.partners import queries as partners
from app.taskforces.projects.rules import ProjectStage
from app.taskforces.projects.whole import queries
from app.taskforces.projects.whole.queries import Wait
from app.taskforces.seats.rules import Side
from tests import make
from tests.house import ROOT
from tests.taskforces.projects import steps
from tests.taskforces.projects.steps import LONG

DONE = claims.ClaimDone(actual_on=today(), evidence=LONG)


def test_a_page_asks_as_often_however_many_milestones_there_are(app, statements):
    project, ada, bo = steps.chaired()
    due = today() + timedelta(days=9)
    with transaction():
        facts = {"done_means": "It works", "baseline_on": due, "forecast_on": due, "project_id": project.id}
        db.session.add_all(Milestone(position=n, title=f"Lamp {n}", **facts) for n in range(2, 9))
    steps.reach(project, ada, bo)
    card = projects.project(project.id)
    statements.clear()
    assert len(queries.whole(card, today()).milestones) == 8
    assert len(statements) == 9


def test_what_waits_is_told_for_its_side_and_with_its_day(app):
    project, ada, _bo = steps.chaired()
    claims.claim(project.id, project.milestones[0].id, DONE, by=ada)
    [waits] = queries.waiting([project.task_force_id], today())
    assert (waits.wait, waits.side, waits.what) == (Wait.VERIFY, Side.INSTITUTION, "Lamps lit")


def test_two_who_claim_at_the_same_moment_claim_once(app):
    project, *chairs = steps.chaired()
    project_id, milestone_id, refused = project.id, project.milestones[0].id, []
    db.session.rollback()

    def go(chair):
        with app.app_context():
            try:
                claims.claim(project_id, milestone_id, DONE, by=chair)
            except DomainError as refusal:
                refused.append(refusal.code)

    threads = [Thread(target=go, args=(chair,)) for chair in chairs]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert refused == ["is_claimed"] and db.session.query(MilestoneClaim).count() == 1


@pytest.fixture
def migration():
    path = next((ROOT / "migrations/versions").glob("*_promises.py"))
    spec = importlib.util.spec_from_file_location("promises_migration", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_promise_that_stood_before_becomes_baseline_one(app, migration):
    """Sites that were under way keep what was promised, and who led the work."""
    running, plan = make.project(), make.project(stage=ProjectStage.MOBILISING)
    db.session.rollback()
    with db.engine.connect() as connection, Operations.context(MigrationContext.configure(connection)):
        migration._keep_what_was_promised()
        connection.commit()
    [first] = baselines.baselines(running.id)
    [milestone] = running.milestones
    assert (first.number, first.agreement_id, first.days) == (1, None, {milestone.id: milestone.baseline_on})
    assert baselines.baselines(plan.id) == []
    assert [each.name for each in partners.behind(running.id).partners] == ["City streets department"]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(sa.table("baseline"))) == 1

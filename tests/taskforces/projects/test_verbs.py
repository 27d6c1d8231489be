"""What a co-chair does with a project, and what is refused at which field."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.clock import today
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.taskforces.projects import queries
from app.taskforces.projects.models import ForecastChange, Milestone, Project
from app.taskforces.projects.promises import queries as promises
from app.taskforces.projects.promises import services
from app.taskforces.projects.promises.rules import MilestoneStage
from app.taskforces.projects.rules import ForecastReason
from app.taskforces.updates import queries as updated
from app.taskforces.updates import services as updates
from tests import make
from tests.taskforces.projects import steps
from tests.taskforces.projects.steps import LONG

WEEK = timedelta(days=7)


@pytest.fixture
def lit(app):
    """A project in delivery, and its two co-chairs."""
    return steps.chaired()


def refusal(act):
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code, refused.value.field


def expect(lit, new_on, explanation=LONG):
    project, chair, _other = lit
    command = services.ChangeForecast(new_on=new_on, reason=ForecastReason.SUPPLIER, explanation=explanation)
    return services.change_forecast(project.id, project.milestones[0].id, command, by=chair)


def test_a_forecast_moves_with_its_reason_and_the_promise_stays(lit):
    promised = lit[0].milestones[0].baseline_on
    expect(lit, promised + WEEK)
    row = promises.milestones(lit[0].id, today())[0]
    change = promises.forecast_changes(lit[0].id)[0]
    assert (row.baseline_on, row.forecast_on) == (promised, promised + WEEK)
    assert (change.old_on, change.new_on, change.explanation, change.by) == (
        promised,
        row.forecast_on,
        LONG,
        lit[1].name,
    )


def test_a_forecast_without_a_real_explanation_is_refused_at_its_field(lit):
    late = lit[0].milestones[0].baseline_on + WEEK
    assert refusal(lambda: expect(lit, late, "Delays." + " " * 60)) == ("too_short", "explanation")
    assert db.session.query(ForecastChange).count() == 0


def test_nothing_can_be_expected_in_the_past_or_on_the_day_it_is_expected_already(lit):
    assert refusal(lambda: expect(lit, today() - WEEK)) == ("in_the_past", "new_on")
    assert refusal(lambda: expect(lit, lit[0].milestones[0].forecast_on)) == ("same_day", "new_on")


def test_work_on_a_milestone_begins_once(lit):
    project, chair, _other = lit
    services.begin(project.id, project.milestones[0].id, by=chair)
    assert promises.milestones(project.id, today())[0].stage is MilestoneStage.IN_PROGRESS
    assert refusal(lambda: services.begin(project.id, project.milestones[0].id, by=chair))[0] == "is_in_progress"


def test_the_database_keeps_no_done_milestone_without_evidence(lit):
    milestone = lit[0].milestones[0]
    with pytest.raises(sa.exc.IntegrityError), transaction():
        db.session.get(Milestone, milestone.id).actual_on = today()


def test_a_milestone_needs_only_those_above_it_in_its_own_plan(app):
    (project, chair, _other), foreign = steps.planned(), make.project()
    above = project.milestones[0].id
    plan = services.PlanMilestone(title="Poles", done_means="Six poles stand", baseline_on=today() + WEEK)
    services.plan_milestone(project.id, replace(plan, needs=(above,)), by=chair)
    assert promises.milestones(project.id, today())[-1].needs == (above,)
    strange = replace(plan, needs=(foreign.milestones[0].id,))
    assert refusal(lambda: services.plan_milestone(project.id, strange, by=chair)) == ("foreign", "needs")


def test_what_leaves_the_plan_is_needed_by_nothing(app):
    project, chair, _other = steps.planned()
    above = project.milestones[0].id
    plan = services.PlanMilestone(
        title="Poles", done_means="Six poles stand", baseline_on=today() + WEEK, needs=(above,)
    )
    services.plan_milestone(project.id, plan, by=chair)
    services.drop_milestone(project.id, above, by=chair)
    assert [row.needs for row in promises.milestones(project.id, today())] == [(), ()]


def test_a_promise_for_the_past_is_refused_at_its_field(app):
    project, chair, _other = steps.planned()
    past = services.PlanMilestone(title="Poles", done_means="Six poles stand", baseline_on=today() - WEEK)
    assert refusal(lambda: services.plan_milestone(project.id, past, by=chair)) == ("in_the_past", "baseline_on")


def test_an_update_answers_three_questions_and_ends_the_silence(lit):
    update = updates.PublishUpdate(what_changed="Poles are up", why="The crane came", what_next="Lamps")
    updates.publish_update(lit[0].id, update, by=lit[1])
    published = updated.latest(1)[0]
    assert (published.what_changed, published.why, published.what_next) == ("Poles are up", "The crane came", "Lamps")
    assert queries.project(lit[0].id).standing.last_update_on == today()


def test_the_log_keeps_hashes_of_words_and_never_the_words(lit):
    expect(lit, today() + WEEK)
    kept = {row.kind: row.body for row in db.session.query(AuditEntry)}
    assert set(kept) - {"LedgerEntryMade"} == {"ForecastChanged"}
    assert not any("crane" in body for body in kept.values())


def test_forecast_changes_are_never_edited(lit):
    change = expect(lit, today() + WEEK)
    with pytest.raises(sa.exc.DatabaseError), transaction():
        db.session.get(ForecastChange, change.id).explanation = "Nothing happened."


def test_a_project_is_never_deleted(lit):
    with pytest.raises(sa.exc.DatabaseError), transaction():
        db.session.execute(sa.delete(Project).where(Project.id == lit[0].id))

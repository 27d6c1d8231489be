"""What a co-chair does with a project, and what is refused at which field."""

from datetime import timedelta

import pytest

from app.audit.models import AuditEntry
from app.core.clock import today
from app.core.db import db
from app.core.errors import DomainError
from app.taskforces.projects import queries, services
from app.taskforces.projects.models import ForecastChange, Milestone
from app.taskforces.projects.promises import queries as promises
from app.taskforces.projects.rules import ForecastReason, ProjectStage, Status
from app.taskforces.updates import queries as updated
from app.taskforces.updates import services as updates
from tests import make

LONG = "The contractor's crane broke down and a new one comes only in two weeks."
WEEK = timedelta(days=7)


@pytest.fixture
def lit(app):
    """A project in delivery, and one of its co-chairs."""
    body = make.task_force()
    return make.project(body=body), make.co_chair(body)


def refusal(act):
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code, refused.value.field


def expect(lit, new_on, explanation=LONG):
    project, chair = lit
    command = services.ChangeForecast(new_on=new_on, reason=ForecastReason.SUPPLIER, explanation=explanation)
    return services.change_forecast(project.id, project.milestones[0].id, command, by=chair)


def finish(lit, actual_on, evidence=LONG):
    project, chair = lit
    command = services.MarkDone(actual_on=actual_on, evidence=evidence)
    return services.mark_done(project.id, project.milestones[0].id, command, by=chair)


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


def test_a_milestone_is_done_with_evidence_and_once(lit):
    finish(lit, today())
    assert promises.milestones(lit[0].id, today())[0].evidence == LONG
    assert refusal(lambda: finish(lit, today())) == ("is_done", None)
    assert refusal(lambda: expect(lit, today() + WEEK)) == ("is_done", None)


def test_a_milestone_cannot_be_done_tomorrow_or_without_evidence(lit):
    assert refusal(lambda: finish(lit, today() + timedelta(days=1))) == ("in_the_future", "actual_on")
    assert refusal(lambda: finish(lit, today(), "Looks fine.")) == ("too_short", "evidence")


def test_the_database_keeps_no_done_milestone_without_evidence(lit):
    milestone = lit[0].milestones[0]
    with pytest.raises(services.sa.exc.IntegrityError), services.transaction():
        db.session.get(Milestone, milestone.id).actual_on = today()


def test_a_project_is_completed_only_when_every_milestone_is_done(lit):
    project, chair = lit
    services.move(project.id, ProjectStage.HANDOVER, by=chair)
    assert refusal(lambda: services.move(project.id, ProjectStage.COMPLETED, by=chair))[0] == "open_milestones"
    finish(lit, today())
    services.move(project.id, ProjectStage.COMPLETED, by=chair)
    assert queries.built()[0].verdict.status is Status.COMPLETED


def test_a_plan_becomes_a_promise_once_it_has_a_milestone(app):
    body = make.task_force()
    chair, project = make.co_chair(body), make.project(body=body, stage=ProjectStage.MOBILISING)
    services.drop_milestone(project.id, project.milestones[0].id, by=chair)
    assert refusal(lambda: services.set_baseline(project.id, by=chair))[0] == "no_milestones"
    plan = services.PlanMilestone(title="Poles", done_means="Six poles stand", baseline_on=today() + WEEK)
    services.plan_milestone(project.id, plan, by=chair)
    assert services.set_baseline(project.id, by=chair).stage is ProjectStage.PLANNING


def test_a_promise_for_the_past_is_refused_at_its_field(app):
    body = make.task_force()
    chair, project = make.co_chair(body), make.project(body=body, stage=ProjectStage.MOBILISING)
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
    finish(lit, today())
    kept = {row.kind: row.body for row in db.session.query(AuditEntry)}
    assert set(kept) == {"ForecastChanged", "MilestoneDone"}
    assert not any("crane" in body for body in kept.values())


def test_forecast_changes_are_never_edited(lit):
    change = expect(lit, today() + WEEK)
    with pytest.raises(services.sa.exc.DatabaseError), services.transaction():
        db.session.get(ForecastChange, change.id).explanation = "Nothing happened."

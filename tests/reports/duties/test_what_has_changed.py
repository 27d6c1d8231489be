"""What has become true since an edition was frozen is owed anew: agendas, minutes, and what residents say at last."""

from datetime import date, timedelta

import pytest

from app.core.access import Role
from app.core.clock import now, today
from app.core.db import transaction
from app.cycles.rules import Stage
from app.places import queries as places
from app.places.workdays.queries import working_day_after
from app.reports import services
from app.reports.duties import queries, words
from app.reports.duties.rules import Change, Standing, Why, corrected_by, untold
from app.reports.rules import Line, ReportKind
from app.taskforces.meetings.rules import MeetingStage
from app.taskforces.projects.closing import queries as closing
from app.taskforces.projects.closing.services import Left, fix_snag
from app.taskforces.projects.confirming import queries as confirming
from app.taskforces.projects.rules import ProjectStage
from tests import make
from tests.reports import sample
from tests.taskforces.meetings import gathering
from tests.taskforces.meetings.test_outcomes import decide
from tests.taskforces.projects import steps

NOTE = "It says what has changed since then."
FRIDAY = date(2026, 11, 27)


@pytest.fixture
def body(app):
    """A task force; what is published gets a file at once."""
    return gathering.body()


def duty(meeting, kind):
    """What is owed of a meeting."""
    return queries.one(Line(kind=kind, subject_id=meeting.id), meeting.task_force.neighborhood_id)


def standing(meeting, kind):
    """How it stands today, and why it is owed again."""
    found = duty(meeting, kind)
    return found.standing(today()), found.change and found.change.why


def noticed(body, **more):
    """A meeting in ten days, whose notice is published."""
    begins = now() + timedelta(days=10)
    meeting = gathering.meeting(body.row, starts_at=begins, ends_at=begins + timedelta(hours=2), **more)
    sample.out(ReportKind.AGENDA, meeting.id)
    return meeting


def changed(meeting, **more):
    """The meeting after something of it was changed."""
    with transaction():
        for name, value in {"changed_at": now() + timedelta(seconds=1), **more}.items():
            setattr(meeting, name, value)


def test_a_changed_agenda_is_owed_anew_by_the_next_day(body):
    meeting = noticed(body)
    assert standing(meeting, ReportKind.AGENDA) == (Standing.PUBLISHED, None)
    changed(meeting, agenda_edition=2)
    assert standing(meeting, ReportKind.AGENDA) == (Standing.DUE, Why.AGENDA)
    assert duty(meeting, ReportKind.AGENDA).due_on <= today() + timedelta(days=2)


def test_a_meeting_that_is_called_off_owes_a_notice_that_says_so_only_where_one_was_published(body):
    off = {"stage": MeetingStage.POSTPONED, "reason": "The hall is flooded."}
    meeting, untold = noticed(body), gathering.meeting(body.row)
    changed(meeting, **off)
    changed(untold, **off)
    assert standing(meeting, ReportKind.AGENDA) == (Standing.DUE, Why.AGENDA)
    assert duty(untold, ReportKind.AGENDA) is None


def test_the_new_edition_ends_it(body):
    meeting = noticed(body)
    changed(meeting, agenda_edition=2, changed_at=now())
    sample.out(ReportKind.AGENDA, meeting.id, note=NOTE)
    assert standing(meeting, ReportKind.AGENDA) == (Standing.PUBLISHED, None)


def test_minutes_that_were_approved_are_owed_anew_until_an_edition_says_so(body):
    meeting = gathering.meeting(body.row, MeetingStage.MINUTES_DRAFT)
    sample.out(ReportKind.MINUTES, meeting.id)
    assert standing(meeting, ReportKind.MINUTES) == (Standing.PUBLISHED, None)
    decide(gathering.in_session(body), body, approves=meeting.id)
    assert standing(meeting, ReportKind.MINUTES) == (Standing.DUE, Why.APPROVED)
    sample.out(ReportKind.MINUTES, meeting.id, note=NOTE)
    assert standing(meeting, ReportKind.MINUTES) == (Standing.PUBLISHED, None)


def test_what_was_withdrawn_is_owed_again_for_no_older_edition_stands_in_its_place(body):
    meeting = noticed(body)
    changed(meeting, agenda_edition=2, changed_at=now())
    newest = sample.out(ReportKind.AGENDA, meeting.id, note=NOTE)
    services.withdraw(newest, "It named the wrong hall.", by=make.actor(Role.CLERK))
    assert standing(meeting, ReportKind.AGENDA)[0] is not Standing.PUBLISHED


def test_everybody_and_the_clerk_read_why(body, browser):
    meeting = gathering.meeting(body.row, MeetingStage.MINUTES_DRAFT)
    sample.out(ReportKind.MINUTES, meeting.id)
    decide(gathering.in_session(body), body, approves=meeting.id)
    said = "What is published is their draft."
    assert said in browser.open("/reports/due").text
    assert said in browser.sign_in(make.person(roles=(Role.CLERK,))).open("/office/reports").text


def test_a_correction_waits_for_the_next_day_but_not_for_the_day_after_the_meeting():
    assert corrected_by(FRIDAY, FRIDAY + timedelta(days=9)) == FRIDAY + timedelta(days=1)
    assert corrected_by(FRIDAY, FRIDAY) == FRIDAY
    assert corrected_by(FRIDAY, FRIDAY - timedelta(days=3)) == FRIDAY


def test_the_reason_is_said_with_its_day(app):
    with app.test_request_context():
        said = words.why(Change(why=Why.AGENDA, since_on=FRIDAY, since_at=now(), due_on=FRIDAY))
    assert "Nov 27, 2026" in said


@pytest.mark.parametrize("kind", [ReportKind.PROGRESS, ReportKind.SETBACKS, ReportKind.RESULTS, ReportKind.AGENDA])
def test_one_report_is_looked_up_with_few_statements_and_is_the_one_among_all(app, statements, kind):
    body = make.task_force()
    make.cycle(where=body.neighborhood, stage=Stage.CERTIFIED)
    for _each in range(2):
        gathering.meeting(body)
    where = next(each for each in places.neighborhoods() if each.id == body.neighborhood_id)
    found = [each for each in queries.owed(where, queries.here(where)) if each.line.kind is kind]
    assert found
    for each in found[:3]:
        statements.clear()
        assert queries.one(each.line, where.id) == each
        assert len(statements) <= 5


def owed_of(project, kind=ReportKind.COMPLETION):
    """How the completion report of a project stands today, why it is owed, and by which day."""
    found = queries.one(Line(kind=kind, subject_id=project.id), project.cycle.neighborhood_id)
    return found and (found.standing(found.due_on or today()), found.change and found.change.why, found.due_on)


@pytest.fixture
def completed(app):
    """A completed project with one thing left, whose report is out, and who chairs it."""
    project, ada, bo = steps.chaired(stage=ProjectStage.HANDOVER)
    steps.reach(project, ada, bo)
    assert owed_of(project) is None
    steps.agreed(project, ada, bo, Left(what="Paint the last post", due_on=today()))
    assert owed_of(project) == (Standing.DUE, None, working_day_after(project.cycle.neighborhood_id, today(), 5))
    sample.out(ReportKind.COMPLETION, project.id)
    return project, ada


def test_a_completion_report_is_owed_anew_once_nothing_is_left(completed):
    project, ada = completed
    assert owed_of(project) == (Standing.PUBLISHED, None, None)
    [snag] = closing.completion(project.id).snags
    fix_snag(project.id, snag.id, steps.LONG, by=ada)
    assert owed_of(project)[:2] == (Standing.DUE, Why.PUT_RIGHT)
    sample.out(ReportKind.COMPLETION, project.id, note=NOTE)
    assert owed_of(project)[:2] == (Standing.PUBLISHED, None)


def test_a_completion_report_is_owed_anew_once_residents_are_heard(completed):
    project, _ada = completed
    told_on = confirming.days_of(project.id).told_on
    with gathering.on(told_on - timedelta(days=1)):
        assert owed_of(project)[:2] == (Standing.PUBLISHED, None)
    with gathering.on(told_on):
        assert owed_of(project) == (
            Standing.DUE,
            Why.ASKED,
            working_day_after(project.cycle.neighborhood_id, told_on, 5),
        )
        sample.out(ReportKind.COMPLETION, project.id, note=NOTE)
        assert owed_of(project)[:2] == (Standing.PUBLISHED, None)


def test_of_two_changes_the_one_that_is_due_first_is_told_first():
    at = [now() + timedelta(days=days) for days in (1, 2)]
    early, late = (
        Change(why=why, since_on=FRIDAY, since_at=moment, due_on=moment.date())
        for why, moment in zip((Why.ASKED, Why.PUT_RIGHT), at, strict=True)
    )
    assert [untold((late, early), moment) for moment in (now(), *at)] == [early, late, None]

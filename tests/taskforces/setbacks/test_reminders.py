"""Clocks about dates: day 7 reminds, day 14 opens, an explanation ends it, and nothing happens twice."""

from datetime import timedelta

import pytest

from app.core.clock import now, today
from app.taskforces.projects.claims import services as claims
from app.taskforces.projects.promises import services as promises
from app.taskforces.projects.rules import ForecastReason, ProjectStage
from app.taskforces.seats.rules import Side
from app.taskforces.setbacks import queries
from app.taskforces.setbacks.actions import services as actions
from app.taskforces.setbacks.reminders.services import open_late
from app.taskforces.setbacks.rules import SetbackStage, Source
from tests import make
from tests.taskforces.setbacks.days import events, late, ring, town, traces
from tests.taskforces.setbacks.story import LONG, Story

DAY = timedelta(days=1)


@pytest.fixture
def body(app):
    """A task force with both its chairs."""
    found = make.task_force()
    found.chairs = [make.co_chair(found, side) for side in Side]
    return found


def slips():
    return [(facts["kind"], facts["rule"], facts["days_past"]) for _kind, facts in events("SlipNoticed")]


def opened():
    return [facts["rule"] for _kind, facts in events("SetbackReported")]


def test_day_seven_reminds_both_chairs_and_day_fourteen_opens_the_setback_once(body):
    project, where, on = late(body, 6), body.neighborhood_id, today()
    seen = []
    for day in (0, 1, 1, 7, 8, 9):
        ring(where, on + day * DAY)
        seen.append((slips(), opened()))
    reminded = [("unexplained", 19, 7)]
    assert seen == [([], []), (reminded, []), (reminded, []), (reminded, []), (reminded, [19]), (reminded, [19])]
    [row] = queries.setbacks(project.id)
    assert (row.stage, row.source) == (SetbackStage.REPORTED, Source.MISSED_MILESTONE)
    assert row.title == "Late without an explanation: Lamps lit" and row.milestone_id is not None
    told = sorted((kind.value, who) for who, kind, _facts in traces()["told"])
    both = sorted(chair.id for chair in body.chairs)
    assert told == [(kind, who) for kind in ("setback_reported", "slip_noticed") for who in both]


def test_an_explained_day_opens_nothing_until_fourteen_days_past_it(body):
    project, where, on = late(body, 13), body.neighborhood_id, today()
    change = promises.ChangeForecast(new_on=on + 2 * DAY, reason=ForecastReason.WEATHER, explanation=LONG)
    promises.change_forecast(project.id, project.milestones[0].id, change, by=body.chairs[0])
    ring(where, on + 15 * DAY, clocks=(open_late,))
    assert opened() == []
    ring(where, on + 16 * DAY, clocks=(open_late,))
    assert opened() == [19]


def test_a_project_that_does_not_run_is_not_reminded(body):
    for stage in (ProjectStage.MOBILISING, ProjectStage.COMPLETED, ProjectStage.CANCELLED):
        late(body, 20, stage=stage)
    ring(body.neighborhood_id)
    assert slips() == opened() == []


def test_what_a_side_says_is_done_waits_for_the_other_side_and_a_pause_stops_no_day(body):
    said, rests = late(body, 20), late(body, 20, stage=ProjectStage.PAUSED)
    command = claims.ClaimDone(actual_on=today(), evidence=LONG)
    claims.claim(said.id, said.milestones[0].id, command, by=body.chairs[0])
    ring(body.neighborhood_id, clocks=(open_late,))
    assert [queries.setbacks(each.id) == [] for each in (said, rests)] == [True, False]


def test_each_step_that_is_overdue_is_told_once_with_the_number_of_its_rule(app, mailbox):
    story, on = Story(), today()
    due = story.claimed().row
    action = due.actions[0]
    for day in (action.verify_by, action.verify_by + DAY, due.due_on + DAY, due.due_on + 2 * DAY):
        ring(story.body.neighborhood_id, day)
    found = [(kind, rule) for kind, rule, _days in slips() if kind in ("unverified", "setback_overdue")]
    assert sorted(found) == [("setback_overdue", 22), ("unverified", 20)] and on < action.verify_by
    subjects = {mail.subject for mail in mailbox.all()}
    assert {"Setback S-001 is past its day", "Setback S-001: please look whether it is done"} <= subjects


def test_an_action_that_nobody_claims_is_told_the_day_after(app, mailbox):
    story = Story()
    action = story.planned().row.actions[0]
    actions.begin(action.id, by=story.bo)
    ring(story.body.neighborhood_id, action.due_on)
    assert slips() == []
    ring(story.body.neighborhood_id, action.due_on + DAY)
    assert slips() == [("action_overdue", 22, 1)]
    assert "was to be done by" in mailbox.newest().body


def test_a_clock_looks_once_however_many_projects_there_are(app, statements):
    where = town(2)
    ring(where)
    statements.clear()
    ring(where)
    looks = [each for each in statements if "SELECT" in each]
    assert len(looks) <= 7 and traces()["told"]


def test_the_mails_say_what_passed_and_what_to_do(body, mailbox):
    late(body, 14), late(body, 7), make.project(body=body, opened_at=now() - 60 * DAY)
    ring(body.neighborhood_id)
    mails = {mail.subject: mail.body for mail in mailbox.all()}
    assert "Seven days from now a setback opens by itself" in mails["No explanation yet: Lamps lit"]
    assert "A setback has opened by itself (rule 19): S-001" in mails["Setback S-001: please look at it"]
    assert [subject for subject in mails if subject.startswith("Residents have not heard for eight weeks: ")]

"""Setbacks: said openly, their cause found, put right by a plan of both sides, concluded by the other side."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.clock import today
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding
from app.taskforces.projects import queries as projects
from app.taskforces.projects.rules import Cause, Status
from app.taskforces.seats.rules import Side
from app.taskforces.setbacks import queries, services
from app.taskforces.setbacks.actions import services as actions
from app.taskforces.setbacks.actions.rules import Finding
from app.taskforces.setbacks.actions.services import Verify
from app.taskforces.setbacks.effects import services as effects
from app.taskforces.setbacks.effects.services import CheckEffect
from app.taskforces.setbacks.models import CorrectiveAction, Setback
from app.taskforces.setbacks.planning import services as planning
from app.taskforces.setbacks.queries import RegisterFilter
from app.taskforces.setbacks.rules import OPEN, SetbackStage, Source
from tests import make
from tests.browser import Browser
from tests.taskforces.setbacks.story import LONG, WEEK, Story


@pytest.fixture
def story(app):
    return Story()


def refusal(act):
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code


def test_numbers_have_no_gap_and_two_at_once_do_not_share_one(story):
    codes = [story.told().row.code for _each in range(3)]
    other = Story().told().row.code
    assert codes == ["S-001", "S-002", "S-003"] and other == "S-001"


def test_what_a_stranger_wrote_is_read_by_chairs_and_oversight_only(app, story, browser):
    story.told()
    closed = browser.open(f"/setbacks/{story.id}")
    assert "Smith" not in closed.text and "Somebody reported that something went wrong" in closed.text
    assert "Smith" not in browser.open("/setbacks/").text + browser.open(f"/projects/{story.project.id}").text
    bodies = "".join(db.session.scalars(sa.select(AuditEntry.body)))
    assert "Smith" not in bodies
    assert "Smith" in browser.sign_in(make.account(story.bo)).open(f"/setbacks/{story.id}").text
    story.acknowledge(story.ada)
    assert "Smith" not in Browser(app).open(f"/setbacks/{story.id}").text


def test_whoever_writes_while_somebody_else_is_quicker_loses_no_word(story, browser):
    story.told()
    page = browser.sign_in(make.account(story.bo)).open(f"/setbacks/{story.id}/acknowledge")
    story.acknowledge(story.ada)
    said = {"title": "The cable is cut", "description": LONG, "effect": "Dark until Friday", "severity": "serious"}
    late = page.press("Acknowledge it", **said)
    assert "one step at a time" in late.text and LONG in late.html


def test_a_rule_opens_one_setback_for_the_same_facts(story):
    facts = {"commitment_id": 7, "over_cents": 1}
    first, second = (services.open_by_rule(story.project.id, Source.OVERRUN, 16, facts) for _each in range(2))
    other = services.open_by_rule(story.project.id, Source.OVERRUN, 16, facts | {"over_cents": 2})
    assert first == second != other
    told = [json.loads(body)["facts"] for body in db.session.scalars(sa.select(AuditEntry.body))]
    assert [each["rule"] for each in told if "rule" in each] == [16, 16]


def test_what_is_accepted_is_looked_at_again_within_a_year(story):
    story.reported()
    for reason in (LONG, LONG + " Still so."):
        story.sign(planning.propose_acceptance(story.id, reason, by=story.ada))
        assert story.row.accepted_because == reason and story.row.due_on == today() + timedelta(days=365)


def test_the_other_side_verifies_and_concludes_and_nothing_of_it_is_ever_removed(story):
    action = story.claimed().row.actions[0]
    found = Verify(finding=Finding.CORRECTED, found=LONG)
    assert refusal(lambda: actions.verify(action.id, found, by=story.bo)) == "same_side"
    assert refusal(lambda: effects.check(story.id, CheckEffect(measured=LONG, helped=True), by=story.bo)) == (
        "actions_open"
    )
    actions.verify(action.id, found, by=story.ada)
    effects.check(story.id, CheckEffect(measured=LONG, helped=True), by=story.ada)
    assert refusal(lambda: effects.conclude(story.id, by=story.ada)) == "same_side"
    assert effects.conclude(story.id, by=story.bo).resolved_on == today()
    with pytest.raises(sa.exc.IntegrityError, match="verified_by_the_other_side"), transaction():
        db.session.execute(sa.update(CorrectiveAction).values(verified_side=Side.INSTITUTION))
    story.told()
    for table in ("setback", "setback_report", "corrective_action", "effect_check"):
        with pytest.raises(sa.exc.DBAPIError, match="never deleted|append-only"), transaction():
            db.session.execute(sa.delete(db.metadata.tables[table]))


def test_an_open_setback_past_its_day_takes_the_project_off_track(story):
    story.reported()
    with transaction():
        db.session.execute(sa.update(Setback).values(due_on=today() - timedelta(days=1)))
    verdict = projects.project(story.project.id).verdict
    assert (verdict.status, verdict.causes) == (Status.OFF_TRACK, ((Cause.SETBACK_PAST_DUE, 1),))


def test_the_register_puts_what_is_overdue_first_and_costs_one_statement(story, statements):
    late = story.reported().id
    story.reported(), story.reported()
    with transaction():
        over = {"stage": SetbackStage.RESOLVED, "resolved_on": today(), "cause": LONG}
        db.session.execute(sa.update(Setback).where(Setback.id == story.id).values(over))
        db.session.execute(sa.update(Setback).where(Setback.id == late).values(due_on=today() - WEEK))
    statements.clear()
    found = queries.register()
    assert found[0].id == late and [row.stage in OPEN for row in found] == [True, True, False]
    assert len(statements) == 1
    assert [row.id for row in queries.register(RegisterFilter(state="overdue"), found)] == [late]


def test_a_co_chair_of_another_task_force_does_nothing_here(story):
    other = make.co_chair(make.task_force())
    action = story.claimed().row.actions[0]
    attempts = (
        lambda: planning.propose_plan(story.id, None, by=other),
        lambda: actions.verify(action.id, Verify(finding=Finding.NOT, found=LONG), by=other),
        lambda: effects.check(story.id, CheckEffect(measured=LONG, helped=True), by=other),
        lambda: story.acknowledge(other),
    )
    for attempt in attempts:
        with pytest.raises(NoStanding):
            attempt()


def test_what_waits_names_the_side_whose_turn_it_is(story):
    story.claimed()
    [waits] = queries.waiting([story.body.id], today())
    assert (waits.action.step, waits.side) == ("Rent another crane", Side.COMMUNITY)
    assert queries.waiting([make.task_force().id], today()) == []


def test_anybody_tells_from_the_page_of_a_task_force_and_nobody_sends_it_twice(story, browser):
    page = browser.open(f"/task-forces/{story.body.slug}").follow("Tell the task force what went wrong")
    wrong = page.press("Send it", told="Dark.")
    assert "at least 20 characters" in wrong.text and wrong.one("textarea", name="told") == "Dark."
    sent = wrong.press("Send it", told="The minutes of May were never published.")
    again = wrong.press("Send it", told="The minutes of May were never published.")
    assert "S-001" in sent.text and sent.path == again.path
    assert "You can also say it openly" not in page.text
    chair = browser.sign_in(make.account(story.ada)).open(page.path)
    assert "Report a setback" in chair.follow("You can also say it openly, for everybody to read").text


def test_a_stranger_reports_five_times_a_day_and_no_more(story, browser):
    page = browser.open(f"/setbacks/tell/project/{story.project.id}")
    for each in range(6):
        last = page.press("Send it", told=f"The lamp number {each} is dark again.", once=f"key-{each}-0123456789")
    assert last.status == 429 and len(queries.setbacks(story.project.id)) == 5

"""The stage table of a question, who may do what, and what is computed: all without a database."""

from datetime import date, timedelta

import pytest

from app.core.access import Actor, Grant, Role
from app.taskforces.questions.policies import WHO, Part, Standing, may, parts, sees_words
from app.taskforces.questions.rules import (
    ENDED,
    MARKS,
    OPEN,
    SILENCE,
    TABLE,
    Act,
    Channel,
    DeclineReason,
    Removed,
    Stage,
    Verdict,
    act_of,
    after,
    due_on,
    is_overdue,
    is_silent,
    shows_words,
    taken_out,
    without_marks,
)
from app.taskforces.questions.waits.rules import STEPS, Waits

HERE, ELSEWHERE, DAY = 1, 2, date(2026, 5, 4)
LISTED = {
    "received": {"accept": "accepted", "decline": "declined", "merge": "merged"},
    "accepted": {"merge": "merged", "assign": "assigned"},
    "assigned": {"merge": "merged", "assign": "assigned", "draft": "assigned", "answer": "answered"},
    "answered": {"rate": "closed", "escalate": "escalated", "fall_silent": "closed", "pass_on": "answered"},
    "escalated": {"draft": "escalated", "answer": "answered", "pass_on": "escalated"},
    "closed": {"pass_on": "closed"},
    "declined": {"pass_on": "declined"},
    "merged": {"pass_on": "merged"},
}


def grant(role, where=HERE):
    return frozenset({Grant(role=role, neighborhood_id=where)})


PEOPLE = {
    "asker": Actor(id=1, name="a"),
    "community": Actor(id=2, name="c"),
    "institution": Actor(id=3, name="i"),
    "owner": Actor(id=4, name="o"),
    "clerk": Actor(id=5, name="k", grants=grant(Role.CLERK)),
    "officer": Actor(id=6, name="f", grants=grant(Role.OFFICER)),
    "resident": Actor(id=7, name="r", resident_of=HERE),
    "clerk elsewhere": Actor(id=8, name="e", grants=grant(Role.CLERK, ELSEWHERE)),
    "co-chair elsewhere": Actor(id=9, name="x"),
    "overseer": Actor(id=10, name="w", grants=grant(Role.OVERSEER)),
    "observer": Actor(id=11, name="b", grants=grant(Role.OBSERVER)),
    "admin": Actor(id=12, name="m", grants=grant(Role.ADMIN)),
    "visitor": None,
}
HANDLERS = {"community", "institution", "clerk", "officer"}
ALLOWED = {
    **{act: HANDLERS for act in (Act.ACCEPT, Act.DECLINE, Act.MERGE, Act.ASSIGN, Act.REDACT)},
    Act.DRAFT: HANDLERS | {"owner"},
    Act.ANSWER: HANDLERS,
    Act.RATE: {"asker"},
    Act.ESCALATE: {"asker"},
    Act.FALL_SILENT: set(),
    Act.PASS_ON: set(),
}


def standing(**more):
    facts = {"neighborhood_id": HERE, "stage": Stage.ASSIGNED, "channel": Channel.WEB, "asker_id": 1, "owner_id": 4}
    facts |= {"co_chair_ids": frozenset({2, 3}), "other_chair_ids": frozenset(), "answered_by": frozenset()}
    return Standing(**facts | more)


def who_may(act, of):
    return {name for name, actor in PEOPLE.items() if may(act, parts(actor, of))}


@pytest.mark.parametrize("stage", Stage)
def test_every_step_that_is_not_listed_is_refused(stage):
    listed = {Act(act): Stage(to) for act, to in LISTED[stage].items()} | {Act.REDACT: stage}
    assert {act: after(stage, act) for act in Act if after(stage, act)} == listed


def test_nobody_leaves_an_end_and_whoever_waits_is_in_an_open_stage():
    assert all(after(stage, act) in (None, stage) for stage in ENDED for act in Act)
    assert set(Stage) == OPEN | ENDED | {Stage.ANSWERED} and len(TABLE) == sum(map(len, LISTED.values())) + len(Stage)


@pytest.mark.parametrize("stage", Stage)
def test_each_role_may_do_what_is_listed_and_nothing_else(stage):
    again = stage is Stage.ESCALATED
    of = standing(stage=stage, answered_by=frozenset({2}) if again else frozenset())
    expected = ALLOWED | ({Act.ANSWER: HANDLERS - {"community"}} if again else {})
    assert {act: who_may(act, of) for act in Act} == expected
    assert set(WHO) == set(Act)


def test_after_a_no_only_the_other_co_chair_answers_while_that_seat_is_held():
    of = standing(stage=Stage.ESCALATED, other_chair_ids=frozenset({3}), answered_by=frozenset({2}))
    assert who_may(Act.ANSWER, of) == {"institution"}
    assert "community" in who_may(Act.DRAFT, of)


def test_whoever_asked_handles_nothing_of_it_in_whatever_office():
    of = standing(asker_id=5)
    assert parts(PEOPLE["clerk"], of) == {Part.ASKER} and who_may(Act.ACCEPT, of) == HANDLERS - {"clerk"}


def test_the_private_link_makes_an_asker_of_a_visitor_and_the_desk_rates_what_came_on_paper():
    assert parts(None, standing(), holds_link=True) == {Part.ASKER}
    on_paper = standing(channel=Channel.DESK, asker_id=None)
    assert who_may(Act.RATE, on_paper) == who_may(Act.PASS_ON, on_paper) == {"clerk"}
    assert who_may(Act.RATE, standing(channel=Channel.DESK, asker_id=None, answered_by=frozenset({5}))) == set()


def test_words_nobody_has_read_are_seen_by_those_who_handle_ask_or_watch():
    of = standing(stage=Stage.RECEIVED)
    seers = {name for name, actor in PEOPLE.items() if sees_words(actor, of, are_public=False)}
    assert seers == HANDLERS | {"owner", "asker", "overseer", "observer"}


def test_only_the_first_no_takes_it_to_the_other_co_chair():
    assert act_of(Verdict.NOT, escalated=False) is Act.ESCALATE and act_of(Verdict.NOT, escalated=True) is Act.RATE
    assert {act_of(each, escalated=False) for each in (Verdict.ANSWERED, Verdict.PARTLY)} == {Act.RATE}


def test_lateness_begins_after_the_day_and_stops_at_the_answer():
    assert [is_overdue(Stage.ASSIGNED, DAY, DAY + timedelta(days=n)) for n in (0, 1)] == [False, True]
    assert {stage for stage in Stage if is_overdue(stage, DAY, DAY + timedelta(days=1))} == OPEN


def test_a_meeting_makes_it_due_sooner_and_never_later_or_at_once():
    ten = DAY + timedelta(days=14)
    days = [due_on(DAY, ten, None if n is None else DAY + timedelta(days=n)) for n in (None, -1, 0, 1, 13, 14, 30)]
    assert days == [ten, ten, ten, DAY + timedelta(days=1), DAY + timedelta(days=13), ten, ten]


def test_an_answer_is_taken_as_not_rated_after_fourteen_whole_days():
    days = [is_silent(Stage.ANSWERED, DAY, DAY + SILENCE + timedelta(days=n)) for n in (0, 1)]
    assert days == [False, True] and not is_silent(Stage.CLOSED, DAY, DAY + 2 * SILENCE)


def test_words_stay_away_before_they_are_read_and_where_they_are_private_or_an_insult():
    assert {stage for stage in Stage if not shows_words(stage, None)} == {Stage.RECEIVED}
    hidden = {reason for reason in DeclineReason if not shows_words(Stage.DECLINED, reason)}
    assert hidden == {DeclineReason.PERSONAL, DeclineReason.INSULT}


def test_what_is_taken_out_leaves_a_mark_that_nobody_can_type():
    cut = taken_out("You fool, why, fool of fools?", ("fool", "fool of fools"), Removed.INSULT)
    assert cut == f"You {MARKS[Removed.INSULT]}, why, {MARKS[Removed.INSULT]}?"
    assert without_marks(cut) == "You , why, ?"


def test_every_wait_is_in_exactly_one_bar():
    each = [Waits(by_days={days: 3}, in_time=0, open=0, overdue=0).steps() for days in range(60)]
    assert {sum(count for _first, _last, count in steps) for steps in each} == {3}


def test_the_third_bar_ends_where_an_answer_is_due_and_the_middle_is_the_middle():
    assert STEPS[2][1] == 10
    waits = Waits(by_days={1: 2, 9: 1, 30: 2}, in_time=3, open=0, overdue=0)
    assert (waits.answered, waits.median(), waits.are_enough) == (5, 9, True)
    assert not Waits(by_days={1: 4}, in_time=4, open=9, overdue=0).are_enough

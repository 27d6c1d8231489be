"""The stage table of a meeting, the quorum, votes, notice and hours: as tables, without a database."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import product

import pytest

from app.core.access import Actor, Grant, Role
from app.taskforces.meetings import policies, rules
from app.taskforces.meetings.items.rules import moved
from app.taskforces.meetings.minutes.rules import Part, assembled, parts_of
from app.taskforces.meetings.outcomes.rules import Refusal, Room, Tally, is_carried, is_due_for_review, why_not_decide
from app.taskforces.meetings.rules import Act, MeetingKind, MeetingStage, NoTime, Place, Presence

S = MeetingStage
STEPS = {
    (Act.PREPARE, S.DRAFT, S.DRAFT),
    (Act.PREPARE, S.NOTICED, S.NOTICED),
    (Act.NOTICE, S.DRAFT, S.NOTICED),
    (Act.POSTPONE, S.NOTICED, S.POSTPONED),
    (Act.NAME_NEW_DATE, S.POSTPONED, S.NOTICED),
    (Act.CANCEL, S.NOTICED, S.CANCELLED),
    (Act.CANCEL, S.POSTPONED, S.CANCELLED),
    (Act.OPEN, S.NOTICED, S.IN_SESSION),
    (Act.RECORD, S.IN_SESSION, S.IN_SESSION),
    (Act.END, S.IN_SESSION, S.HELD),
    (Act.END, S.IN_SESSION, S.INQUORATE),
    (Act.DRAFT_MINUTES, S.HELD, S.MINUTES_DRAFT),
    (Act.DRAFT_MINUTES, S.INQUORATE, S.MINUTES_DRAFT),
    (Act.AMEND_MINUTES, S.MINUTES_DRAFT, S.MINUTES_DRAFT),
    (Act.APPROVE_MINUTES, S.MINUTES_DRAFT, S.MINUTES_APPROVED),
    (Act.CLOSE, S.MINUTES_APPROVED, S.CLOSED),
}
WRITE, ANNOUNCE = {"co_chair", "deputy", "secretary"}, {"co_chair", "clerk"}
MAY = {
    **dict.fromkeys((Act.PREPARE, Act.OPEN, Act.RECORD, Act.END, Act.CLOSE, Act.DRAFT_MINUTES), WRITE),
    Act.AMEND_MINUTES: WRITE,
    **dict.fromkeys((Act.NOTICE, Act.POSTPONE, Act.NAME_NEW_DATE, Act.CANCEL), ANNOUNCE),
    Act.APPROVE_MINUTES: {"co_chair"},
}
SEATS = ("co_chair", "deputy", "secretary", "member", "youth", "observer")
ADA = 7


def hands(name):
    """The hands of somebody by their seat or role, here or (clerk elsewhere) in another neighborhood."""
    if name in SEATS:
        return policies.hands(Actor(id=ADA, name="Ada"), [(name, ADA), ("co_chair", 8)], 3)
    role, where = (Role.CLERK, 9) if name == "clerk elsewhere" else (Role(name), 3)
    who = Actor(id=ADA, name="Ada", grants=frozenset({Grant(role=role, neighborhood_id=where)}))
    return policies.hands(who, [("co_chair", 8)], 3)


def test_every_step_that_is_not_listed_is_refused():
    found = {(act, old, new) for act, old, new in product(Act, S, S) if rules.is_step(act, old, new)}
    assert found == STEPS
    assert all(rules.can(act, stage) == any(s[:2] == (act, stage) for s in STEPS) for act, stage in product(Act, S))


def test_who_does_what_by_seat_and_role_and_nobody_else():
    names = [*SEATS, *(role.value for role in Role), "clerk elsewhere"]
    for act in Act:
        assert {name for name in names if policies.may(act, hands(name))} == MAY[act], act
        assert not policies.may(act, policies.hands(None, [("co_chair", ADA)], 3))


def test_notes_are_for_those_who_lead_and_not_for_the_clerk():
    assert {n for n in [*SEATS, "clerk", "admin", "overseer"] if policies.may_see_notes(hands(n))} == WRITE


def place(kind, side, presence=Presence.PRESENT, seat_id=1):
    return Place(seat_id=seat_id, kind=kind, side=side, presence=presence)


def there(*kinds, absent=()):
    return [place(k, s) for k, s in kinds] + [place(k, s, Presence.ABSENT) for k, s in absent]


A, B = ("co_chair", "community"), ("co_chair", "institution")
M, D = ("member", "community"), ("deputy", "institution")


@pytest.mark.parametrize(
    ("places", "needed", "votes", "met"),
    [
        (there(A, B), 2, (1, 1), True),
        (there(A, absent=[B]), 2, (1, 0), False),
        (there(A, M, absent=[B]), 2, (2, 0), False),
        (there(A, D, absent=[B]), 2, (1, 1), True),
        (there(A, B, D), 2, (1, 1), True),
        (there(A, B, ("observer", "community"), ("secretary", "institution")), 2, (1, 1), True),
        (there(A, B, absent=[M, M]), 3, (1, 1), False),
        (there(A, B, ("youth", "community"), absent=[M]), 3, (2, 1), True),
        ([place(*A), place(*B, Presence.REMOTE)], 2, (1, 1), True),
        ([place(*A), place(*B, Presence.APOLOGY)], 2, (1, 0), False),
        ([place(*A), place(*B, None)], 2, (1, 0), False),
        ([], 1, (0, 0), False),
    ],
)
def test_a_quorum_is_more_than_half_of_the_votes_with_each_side_there(places, needed, votes, met):
    found = rules.quorum(places, MeetingKind.REGULAR)
    assert (found.needed, (found.community, found.institution), found.is_met) == (needed, votes, met)
    assert not rules.quorum(places, MeetingKind.ASSEMBLY).is_met


ROOM = Room(is_assembly=False, is_quorate=True, votes={"community": 2, "institution": 1}, movers=frozenset({1, 2, 3}))
YES = (Tally(yes=2, no=0, abstained=0), Tally(yes=1, no=0, abstained=0))


@pytest.mark.parametrize(
    ("change", "tallies", "movers", "reason"),
    [
        ({}, YES, (1, 2), None),
        ({"is_assembly": True}, YES, (1, 2), Refusal.ASSEMBLY),
        ({"is_quorate": False}, YES, (1, 2), Refusal.NO_QUORUM),
        ({}, YES, (1, 1), Refusal.SAME_SEAT),
        ({}, YES, (1, 9), Refusal.NOT_THERE),
        ({}, (Tally(yes=2, no=1, abstained=0), YES[1]), (1, 2), Refusal.TOO_MANY),
        ({}, (YES[0], Tally(yes=1, no=0, abstained=1)), (1, 2), Refusal.TOO_MANY_OF_INSTITUTION),
        ({}, (Tally(yes=0, no=0, abstained=0),) * 2, (1, 2), Refusal.NO_VOTES),
    ],
)
def test_a_decision_is_written_down_only_if_it_can_have_been_made(change, tallies, movers, reason):
    room = Room(**{**vars(ROOM), **change}) if change else ROOM
    assert why_not_decide(room, *tallies, moved_by=movers[0], seconded_by=movers[1]) is reason


@pytest.mark.parametrize(
    ("community", "institution", "carried"),
    [((2, 0, 0), (1, 0, 0), True), ((9, 0, 0), (0, 1, 0), False), ((1, 1, 0), (1, 0, 0), False)]
    + [((2, 1, 4), (1, 0, 2), True), ((3, 0, 0), (0, 0, 1), False)],
)
def test_a_motion_is_carried_by_both_sides_or_not_at_all(community, institution, carried):
    tallies = (Tally(yes=y, no=n, abstained=a) for y, n, a in (community, institution))
    assert is_carried(*tallies) is carried


@pytest.mark.parametrize(("kind", "days"), [("regular", 7), ("special", 3), ("assembly", 7)])
def test_a_meeting_is_announced_so_many_days_before(kind, days):
    first, last = date(2026, 11, 1), date(2026, 11, 1) + timedelta(days=days)
    assert rules.is_noticed_in_time(MeetingKind(kind), noticed_on=first, starts_on=last)
    assert not rules.is_noticed_in_time(MeetingKind(kind), noticed_on=first, starts_on=last - timedelta(days=1))
    assert rules.first_day(MeetingKind(kind), first) == last


def test_hours_are_those_of_the_neighborhood_and_exist_there():
    new_york, day = "America/New_York", date(2026, 11, 26)
    start, end = rules.moments(day, time(22, 0), time(1, 0), new_york)
    assert (start, end) == (datetime(2026, 11, 27, 3, tzinfo=UTC), datetime(2026, 11, 27, 6, tzinfo=UTC))
    for begins, ends, wrong in [
        (time(2, 30), time(4), "begins"),
        (time(8), time(8), "ends"),
        (time(6), time(19), "ends"),
    ]:
        with pytest.raises(NoTime) as refused:
            rules.moments(date(2026, 3, 8), begins, ends, new_york)
        assert refused.value.field == wrong


def test_items_move_one_place_and_stop_at_the_ends():
    assert [moved([1, 2, 3], item, up=up) for item, up in [(3, True), (1, True), (1, False), (3, False)]] == [
        [1, 3, 2],
        [1, 2, 3],
        [2, 1, 3],
        [1, 2, 3],
    ]


def test_the_parts_of_minutes_come_back_as_they_went_in():
    parts = [Part(heading="June", lines=("A", "B")), Part(heading="Lamps", lines=())]
    assert parts_of(assembled(parts)) == parts and parts_of("\n\n  \n") == []


def test_a_decision_comes_up_two_weeks_before_its_day_until_somebody_has_looked():
    day = date(2026, 11, 26)
    found = [is_due_for_review(day + timedelta(days=n), is_reviewed=False, on=day) for n in (15, 14, 0, -90)]
    assert found == [False, True, True, True]
    assert not is_due_for_review(day, is_reviewed=True, on=day) and not is_due_for_review(
        None, is_reviewed=False, on=day
    )

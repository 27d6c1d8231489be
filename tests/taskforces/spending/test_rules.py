"""Whatever is done with money, in whatever order: rules 9 to 13 hold, and the entries add up to what is kept."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.taskforces.projects.rules import RUNNING, ProjectStage
from app.taskforces.spending import rules
from app.taskforces.spending.commitments.rules import WhyNot, why_not_promise
from app.taskforces.spending.rules import (
    BELOW_ZERO,
    OF_A_COMMITMENT,
    OF_THE_POT,
    Balance,
    Books,
    EntryKind,
    Line,
    Original,
    Pot,
    Promise,
    Refusal,
)
from tests.sizes import size

ACTIONS = st.tuples(
    st.sampled_from(EntryKind), st.integers(-60, 900), st.integers(1, 3), st.integers(1, 4), st.booleans()
)
SIGNED = {"pot": Pot(pot_cents=10**6), "project": Balance(allocated_cents=1000), "promise": Promise()}


def wish(action):
    """A line as somebody may wish it; the sign mostly fits its kind."""
    kind, cents, project, promise, as_it_should_be = action
    cents = (-abs(cents) if kind in BELOW_ZERO else abs(cents)) if as_it_should_be else cents
    return Line(
        kind=kind,
        amount_cents=cents,
        project_id=None if kind in OF_THE_POT else project,
        commitment_id=project * 10 + promise if kind in OF_A_COMMITMENT else None,
    )


def refused(books, line, why_not=rules.why_not_book):
    return why_not(
        line.kind,
        line.amount_cents,
        pot=books.pot,
        project=books.projects.get(line.project_id, Balance()),
        promise=books.promises.get(line.commitment_id, Promise()),
        original=Original(kind=EntryKind.EXPENSE, amount_cents=-line.amount_cents, is_reversed=False),
    )


def lived(actions, why_not=rules.why_not_book):
    """What is booked of these wishes, and the books after all of them."""
    books, booked = Books(), [Line(kind=EntryKind.POT_IN, amount_cents=3000)]
    books.add(booked[0])
    for line in map(wish, actions):
        if refused(books, line, why_not) is None:
            books.add(line)
            booked.append(line)
        if rules.broken_rules(books):
            break
    return booked, books


@pytest.mark.soak
@settings(max_examples=size(commit=15, night=100), deadline=None)
@given(st.lists(ACTIONS, min_size=10, max_size=size(commit=150, night=2000)))
def test_no_sequence_of_actions_breaks_rules_9_to_11_and_a_replay_equals_the_sums(actions):
    booked, books = lived(actions)
    assert rules.broken_rules(books) == set()
    assert rules.replay(booked) == books


def test_without_the_rule_a_sequence_breaks_all_three():
    """The twin: what holds the rules is the one function every entry is asked by."""
    spend = [(EntryKind.ALLOCATE, 4000, 1, 1, True), (EntryKind.COMMIT, 9000, 1, 1, True)]
    found = set()
    for actions in (spend[:1], spend[1:], [(EntryKind.EXPENSE, 900, 1, 1, True)]):
        found |= rules.broken_rules(lived(actions, lambda *_a, **_k: None)[1])
    assert found == {9, 10, 11}


@pytest.mark.parametrize(
    ("kind", "cents", "change", "reason"),
    [
        (EntryKind.COMMIT, 1000, {}, None),
        (EntryKind.COMMIT, 1001, {}, Refusal.OVER_ALLOCATION),
        (EntryKind.COMMIT, -1, {}, Refusal.NOT_AN_AMOUNT),
        (EntryKind.COMMIT, 10**14 + 1, {}, Refusal.TOO_LARGE),
        (EntryKind.EXPENSE, 1, {}, Refusal.OVER_COMMITMENT),
        (EntryKind.EXPENSE, 1, {"promise": Promise(amount_cents=5, is_closed=True)}, Refusal.ENDED),
        (EntryKind.COMMIT_CHANGE, -3, {"promise": Promise(amount_cents=5, spent_cents=3)}, Refusal.BELOW_SPENT),
        (EntryKind.REALLOCATE_OUT, -1001, {}, Refusal.PROMISED_ALREADY),
        (EntryKind.CONTINGENCY_RELEASE, 1, {}, Refusal.OVER_RESERVE),
        (EntryKind.ALLOCATE, 10**6 + 1, {}, Refusal.OVER_POT),
    ],
)
def test_each_refusal_is_for_its_own_reason(kind, cents, change, reason):
    assert rules.why_not_book(kind, cents, **SIGNED | change) is reason


@pytest.mark.parametrize(
    ("original", "reason"),
    [
        (Original(kind=EntryKind.EXPENSE, amount_cents=5, is_reversed=False), None),
        (Original(kind=EntryKind.EXPENSE, amount_cents=6, is_reversed=False), Refusal.NOT_WHOLE),
        (Original(kind=EntryKind.EXPENSE, amount_cents=5, is_reversed=True), Refusal.REVERSED_ALREADY),
        (Original(kind=EntryKind.EXPENSE_REVERSAL, amount_cents=-5, is_reversed=False), Refusal.REVERSAL_OF_REVERSAL),
        (None, Refusal.REVERSAL_OF_REVERSAL),
    ],
)
def test_only_a_payment_is_taken_back_once_and_whole(original, reason):
    paid = {**SIGNED, "promise": Promise(amount_cents=9, spent_cents=5)}
    assert rules.why_not_book(EntryKind.EXPENSE_REVERSAL, -5, original=original, **paid) is reason


@pytest.mark.parametrize("stage", ProjectStage)
def test_money_is_promised_in_no_stage_but_those_in_which_a_project_runs(stage):
    facts = {"amount_cents": 5, "alone_cents": 9, "is_impaired": False, "expected_cents": None, "allocated_cents": 9}
    found = why_not_promise(stage, has_setback=False, **facts)
    assert found is (None if stage in RUNNING else WhyNot.NOT_IN_THIS_STAGE)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, None),
        ({"is_impaired": True}, WhyNot.IMPAIRED),
        ({"is_impaired": True, "amount_cents": 9}, None),
        ({"expected_cents": 101}, WhyNot.FORECAST_OVER),
        ({"expected_cents": 101, "has_setback": True}, None),
        ({"expected_cents": 100}, None),
    ],
)
def test_a_missing_chair_and_a_forecast_over_the_money_stop_a_commitment(change, reason):
    facts = {"amount_cents": 10, "alone_cents": 9, "is_impaired": False, "expected_cents": None, "allocated_cents": 100}
    assert why_not_promise(ProjectStage.DELIVERY, **facts | {"has_setback": False} | change) is reason


@pytest.mark.parametrize(("cents", "same", "needed"), [(100, False, False), (101, False, True), (101, True, False)])
def test_the_council_decides_above_a_share_to_another_kind_of_project(cents, same, needed):
    assert rules.needs_council(cents, 1000, same_category=same, percent=10) is needed

"""Stages, phases and the rule card, without any database."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.cycles.rules import (
    ORDER,
    CardOption,
    CardPerson,
    CardTrustee,
    CountRule,
    CycleFacts,
    LeftoverRule,
    PhaseFacts,
    PhaseKind,
    PublicationLevel,
    Stage,
    WhyNotNow,
    WhyNotYet,
    can_become,
    canonical,
    card_hash,
    first_out_of_step,
    moments_of,
    rule_card,
    why_not_now,
    why_not_yet,
)
from app.voting.counting.records import OFFERED

START = datetime(2026, 3, 1, tzinfo=UTC)
WEEK = timedelta(days=7)
PHASES = tuple(
    PhaseFacts(kind=kind, starts_at=START + WEEK * n, ends_at=START + WEEK * (n + 1))
    for n, kind in enumerate(PhaseKind)
)
CYCLE = CycleFacts(
    id=7,
    slug="streets",
    name="Safer streets",
    summary="",
    year=2026,
    neighborhood_id=1,
    neighborhood_name="Riverside",
    neighborhood_slug="riverside",
    currency="USD",
    time_zone="UTC",
    pot_cents=100_00,
    contingency_cents=10_00,
    spendable_cents=90_00,
    stage=Stage.VOTING,
    count_rule="shared-budget",
    max_ranks=5,
    leftover_rule=LeftoverRule.NEXT_CYCLE,
    publication_level=PublicationLevel.TOTALS,
    phases=PHASES,
    rule_card_hash=None,
)
VOTING = CYCLE.phase(PhaseKind.VOTING)


def card(cycle=CYCLE, options=()):
    return rule_card(
        cycle,
        options=options or [CardOption(number=n, code=f"2026-P00{n}", title=f"Lamp {n}", cost_cents=n) for n in (2, 1)],
        lot_commitment="ab" * 32,
        board=[CardPerson(id=2, name="Bo", role="observer"), CardPerson(id=1, name="Al", role="clerk")],
        trustees=[CardTrustee(number=1, holder="Al", fingerprint="lamp river")],
        threshold=1,
    )


def test_the_rules_offered_are_those_that_can_be_counted():
    assert {rule.value for rule in CountRule} == {rule.value for rule in OFFERED}


@pytest.mark.parametrize(("stage", "to"), list(itertools.product(Stage, Stage)))
def test_a_cycle_moves_one_step_forward_and_never_back(stage, to):
    assert can_become(stage, to) == (ORDER.index(to) - ORDER.index(stage) == 1)


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        (VOTING.starts_at - timedelta(microseconds=1), False),
        (VOTING.starts_at, True),
        (VOTING.ends_at - timedelta(microseconds=1), True),
        (VOTING.ends_at, False),
    ],
)
def test_the_first_moment_belongs_to_a_phase_and_the_last_does_not(moment, allowed):
    assert (why_not_now(CYCLE, PhaseKind.VOTING, moment) is None) == allowed
    assert (CYCLE.on(moment) == VOTING) == allowed


@pytest.mark.parametrize("stage", [s for s in Stage if s is not Stage.VOTING])
def test_dates_alone_open_no_vote(stage):
    assert why_not_now(replace(CYCLE, stage=stage), PhaseKind.VOTING, VOTING.starts_at) is WhyNotNow.STAGE


def test_what_residents_were_promised_is_not_cut_short():
    cycle = replace(CYCLE, stage=Stage.COLLECTING)
    end = cycle.phase(PhaseKind.COLLECTING).ends_at
    assert why_not_yet(cycle, Stage.REVIEWING, end - WEEK) is WhyNotYet.BEFORE_IT_ENDS
    assert why_not_yet(cycle, Stage.REVIEWING, end) is None


def test_a_cycle_is_made_public_before_its_first_day_and_collects_from_then_on():
    draft, before = replace(CYCLE, stage=Stage.DRAFT), START - WEEK
    assert why_not_yet(draft, Stage.COLLECTING, before) is None
    assert why_not_now(replace(draft, stage=Stage.COLLECTING), PhaseKind.COLLECTING, before) is WhyNotNow.DATES


def test_days_are_those_of_the_neighborhood_even_when_its_clocks_change():
    starts_at, ends_at = moments_of(date(2026, 3, 7), date(2026, 3, 8), ZoneInfo("America/New_York"))
    assert (starts_at, ends_at) == (datetime(2026, 3, 7, 5, tzinfo=UTC), datetime(2026, 3, 9, 4, tzinfo=UTC))


def test_phases_that_overlap_are_found():
    late = replace(PHASES[2], starts_at=PHASES[1].ends_at - timedelta(days=1))
    assert first_out_of_step(PHASES) is None
    assert first_out_of_step([*PHASES[:2], late]) is PhaseKind.VOTING


def test_the_card_is_the_same_text_whatever_order_its_parts_come_in():
    swapped = [CardOption(number=n, code=f"2026-P00{n}", title=f"Lamp {n}", cost_cents=n) for n in (1, 2)]
    assert canonical(card()) == canonical(card(options=swapped))


def test_the_canonical_text_is_ascii_without_spaces_and_sorted():
    assert canonical({"b": "ñ", "a": [1, {"d": None, "c": True}]}) == '{"a":[1,{"c":true,"d":null}],"b":"\\u00f1"}'


@pytest.mark.parametrize(
    "changed",
    [
        {"pot_cents": 1},
        {"contingency_cents": 1},
        {"count_rule": "points"},
        {"max_ranks": 4},
        {"leftover_rule": LeftoverRule.CONTINGENCY},
        {"publication_level": PublicationLevel.FULL},
        {"phases": tuple(replace(p, ends_at=p.ends_at - timedelta(days=1)) for p in PHASES)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_whatever_decides_the_outcome_changes_the_hash(changed):
    assert card_hash(canonical(card(replace(CYCLE, **changed)))) != card_hash(canonical(card()))


def test_the_hash_is_what_sha256sum_says():
    assert card_hash("{}") == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"

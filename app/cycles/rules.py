"""Stages and phases of a cycle, and what each allows."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo


class Stage(StrEnum):
    """Where a cycle is. It only ever moves forward, one step at a time."""

    DRAFT = "draft"
    COLLECTING = "collecting"
    REVIEWING = "reviewing"
    BALLOT_FIXED = "ballot_fixed"
    VOTING = "voting"
    COUNTING = "counting"
    CERTIFIED = "certified"
    DELIVERING = "delivering"
    CLOSED = "closed"


class PhaseKind(StrEnum):
    """The dated parts of a cycle that residents see."""

    COLLECTING = "collecting"
    REVIEWING = "reviewing"
    VOTING = "voting"
    COUNTING = "counting"
    DELIVERING = "delivering"


PHASE_OF_STAGE: Mapping[Stage, PhaseKind] = {
    Stage.COLLECTING: PhaseKind.COLLECTING,
    Stage.REVIEWING: PhaseKind.REVIEWING,
    Stage.BALLOT_FIXED: PhaseKind.REVIEWING,
    Stage.VOTING: PhaseKind.VOTING,
    Stage.COUNTING: PhaseKind.COUNTING,
    Stage.CERTIFIED: PhaseKind.COUNTING,
    Stage.DELIVERING: PhaseKind.DELIVERING,
}

ORDER = list(Stage)


class PublicationLevel(StrEnum):
    """How much of the ballots is published, decided before voting (voting.md section 9)."""

    FULL = "full"
    CONSULTED = "consulted"
    TOTALS = "totals"


class LeftoverRule(StrEnum):
    """Where unspent money goes, decided before voting (domain rule 14)."""

    NEXT_CYCLE = "next_cycle"
    CONTINGENCY = "contingency"


def can_become(stage: Stage, next_stage: Stage) -> bool:
    """Whether a cycle may step from `stage` to `next_stage`: only to the one that follows it."""
    return ORDER.index(next_stage) == ORDER.index(stage) + 1


def reached(stage: Stage, mark: Stage) -> bool:
    """Whether a cycle in `stage` has come as far as `mark`."""
    return ORDER.index(stage) >= ORDER.index(mark)


def within(moment: datetime, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether a phase is on at `moment`: the start belongs to it, the end does not."""
    return starts_at <= moment < ends_at


def spendable_cents(pot_cents: int, contingency_cents: int) -> int:
    """What the count spends, in cents: the pot less its contingency (domain decision 10)."""
    return pot_cents - contingency_cents


class CountRule(StrEnum):
    """How ballots become funding; the words of the counting package, which stands above this one."""

    SHARED_BUDGET = "shared-budget"
    RANKED_CHOICE = "ranked-choice"
    POINTS = "points"
    EQUAL_SHARES = "equal-shares"


class WhyNotNow(StrEnum):
    """Why something that belongs to a phase cannot be done now."""

    DATES = "dates"
    STAGE = "stage"


class WhyNotYet(StrEnum):
    """Why a cycle cannot take its next step yet."""

    NOT_THE_NEXT = "not_the_next"
    BEFORE_IT_ENDS = "before_it_ends"


STAGES_OF: Mapping[PhaseKind, frozenset[Stage]] = {
    PhaseKind.COLLECTING: frozenset({Stage.COLLECTING}),
    PhaseKind.REVIEWING: frozenset({Stage.REVIEWING}),
    PhaseKind.VOTING: frozenset({Stage.VOTING}),
    PhaseKind.COUNTING: frozenset({Stage.COUNTING, Stage.CERTIFIED}),
    PhaseKind.DELIVERING: frozenset({Stage.DELIVERING}),
}

WAITS_FOR_END: Mapping[Stage, PhaseKind] = {
    Stage.REVIEWING: PhaseKind.COLLECTING,
    Stage.CLOSED: PhaseKind.DELIVERING,
}
"""What a clerk may not cut short: residents were promised these days."""

FREE_ONCE_FIXED = frozenset({"summary", PhaseKind.COUNTING.value, PhaseKind.DELIVERING.value})
"""What may still be edited once the ballot is fixed: the words of introduction and the dates after the vote."""


@dataclass(frozen=True, kw_only=True)
class PhaseFacts:
    """A dated part of a cycle: from `starts_at` until just before `ends_at`."""

    kind: PhaseKind
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class PlanFacts:
    """What a cycle asks before its ballot is fixed; moments in UTC."""

    asks_short_texts: bool
    asks_task_forces: bool
    asks_confirmation: bool
    texts_until: datetime | None = None
    prices_from: datetime | None = None
    prices_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class CycleFacts:
    """A cycle as every other package sees it; sums in cents, moments in UTC."""

    id: int
    slug: str
    name: str
    summary: str
    year: int
    neighborhood_id: int
    neighborhood_name: str
    neighborhood_slug: str
    currency: str
    time_zone: str
    pot_cents: int
    contingency_cents: int
    spendable_cents: int
    stage: Stage
    count_rule: str
    max_ranks: int
    leftover_rule: LeftoverRule
    publication_level: PublicationLevel
    phases: tuple[PhaseFacts, ...]
    rule_card_hash: str | None
    min_age: int | None = None
    """How old a voter is at least on the first day of voting; None: any age."""
    hides_supports: bool = False
    """Whether the number of supports of its proposals is told to nobody."""
    least_cost_cents: int | None = None
    """What a proposal costs at least by its author's estimate; None: no limit, here and in the two below."""
    most_cost_cents: int | None = None
    most_proposals: int | None = None
    """How many proposals one person may have in it."""
    is_imported: bool = False
    """Whether its vote was held elsewhere and came from a file: no roll, no envelopes, no drawn lot."""
    languages: tuple[str, ...] = ("en",)
    """The languages of its neighborhood; the rule card is complete in each of them."""
    plan: PlanFacts | None = None
    """What it asks before its ballot is fixed; None for a cycle that was planned before there were plans."""

    def phase(self, kind: PhaseKind) -> PhaseFacts:
        """The dated phase of that kind; every cycle has each of them once."""
        return next(phase for phase in self.phases if phase.kind == kind)

    def on(self, now: datetime) -> PhaseFacts | None:
        """The phase whose dates hold at `now`, or None between phases."""
        return next((phase for phase in self.phases if within(now, phase.starts_at, phase.ends_at)), None)


def why_not_now(facts: CycleFacts, kind: PhaseKind, now: datetime) -> WhyNotNow | None:
    """Why what belongs to `kind` cannot be done at `now`, or None: dates and stage must both allow it."""
    phase = facts.phase(kind)
    if not within(now, phase.starts_at, phase.ends_at):
        return WhyNotNow.DATES
    return None if facts.stage in STAGES_OF[kind] else WhyNotNow.STAGE


def why_not_yet(facts: CycleFacts, to: Stage, now: datetime) -> WhyNotYet | None:
    """Why the cycle cannot step to `to` at `now`, or None."""
    if not can_become(facts.stage, to):
        return WhyNotYet.NOT_THE_NEXT
    if to in WAITS_FOR_END and now < facts.phase(WAITS_FOR_END[to]).ends_at:
        return WhyNotYet.BEFORE_IT_ENDS
    return None


def next_stage(stage: Stage) -> Stage | None:
    """The stage that follows `stage`; None after the last."""
    after = ORDER.index(stage) + 1
    return ORDER[after] if after < len(ORDER) else None


def moments_of(first_on: date, last_on: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first moment of `first_on` and the moment after `last_on`, days of `zone`, in UTC."""
    after = last_on + timedelta(days=1)
    return (
        datetime.combine(first_on, time.min, zone).astimezone(UTC),
        datetime.combine(after, time.min, zone).astimezone(UTC),
    )


def first_out_of_step(phases: Sequence[PhaseFacts]) -> PhaseKind | None:
    """The first phase, in the order of the year, that ends before it starts or starts before the last one ended."""
    previous_end: datetime | None = None
    for phase in phases:
        if phase.ends_at <= phase.starts_at or (previous_end is not None and phase.starts_at < previous_end):
            return phase.kind
        previous_end = phase.ends_at
    return None


CARD_FORMAT = "lamplight-rule-card/1"


@dataclass(frozen=True, kw_only=True)
class CardOption:
    """An option as the rule card names it; `code` is the proposal's public id."""

    number: int
    code: str
    title: str
    cost_cents: int
    beside: Mapping[str, Any] = field(default_factory=dict)
    """What stands beside it where the cycle asked for it: short text with hash, running cost, task force, wordings."""


@dataclass(frozen=True, kw_only=True)
class CardPerson:
    """Somebody who runs the vote, and as what (`clerk`, `observer`, …)."""

    id: int
    name: str
    role: str


@dataclass(frozen=True, kw_only=True)
class CardTrustee:
    """Somebody who holds a part of the key, and the fingerprint of theirs."""

    number: int
    holder: str
    fingerprint: str


def rule_card(
    cycle: CycleFacts,
    *,
    options: Sequence[CardOption],
    lot_commitment: str | None,
    board: Sequence[CardPerson],
    trustees: Sequence[CardTrustee],
    threshold: int,
) -> dict[str, Any]:
    """Everything that decides the outcome, as plain data for `canonical` (counting.md, common ground).

    Sums in cents; options by number; `lot_commitment` in hex, None for an imported vote, which gives its lot order;
    `threshold` of the trustees open the envelopes.
    """
    voting = cycle.phase(PhaseKind.VOTING)
    return {
        "format": CARD_FORMAT,
        "cycle": {"id": cycle.id, "name": cycle.name, "year": cycle.year, "neighborhood": cycle.neighborhood_name},
        "rule": cycle.count_rule,
        "max_ranks": cycle.max_ranks,
        "min_age": cycle.min_age,
        "currency": cycle.currency,
        "pot_cents": cycle.pot_cents,
        "contingency_cents": cycle.contingency_cents,
        "spendable_cents": cycle.spendable_cents,
        "leftover_rule": cycle.leftover_rule.value,
        "publication_level": cycle.publication_level.value,
        "options": [_plain_option(option) for option in sorted(options, key=lambda o: o.number)],
        "lot_commitment": lot_commitment,
        "board": [{"id": p.id, "name": p.name, "role": p.role} for p in sorted(board, key=lambda p: (p.role, p.id))],
        "trustees": [
            {"number": t.number, "holder": t.holder, "fingerprint": t.fingerprint}
            for t in sorted(trustees, key=lambda t: t.number)
        ],
        "threshold": threshold,
        "dates": {"voting": {"starts_at": _utc(voting.starts_at), "ends_at": _utc(voting.ends_at)}},
    }


def canonical(content: Mapping[str, Any]) -> str:
    """The content as JSON with sorted keys, no spaces, ASCII only: the same content gives the same text everywhere."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def card_hash(text: str) -> str:
    """SHA-256 in hex of a rule card's canonical text."""
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _plain_option(option: CardOption) -> dict[str, Any]:
    named = {"number": option.number, "code": option.code, "title": option.title, "cost_cents": option.cost_cents}
    return named | dict(option.beside)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()

"""The verbs of a cycle: plan it, edit it while it may be edited, lead it through its stages, freeze its rule card."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask import has_request_context, url_for
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import deadline_now, now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NextStep, NotFound, ensure, ensure_standing
from app.core.events import publish
from app.cycles import policies, queries, words
from app.cycles.events import CycleAdvanced, CycleCreated, CycleEdited, CycleImported, RuleCardFrozen
from app.cycles.models import Cycle, Phase, RuleCard
from app.cycles.plans.models import BallotPlan
from app.cycles.rules import (
    FREE_ONCE_FIXED,
    CountRule,
    CycleFacts,
    LeftoverRule,
    PhaseFacts,
    PhaseKind,
    PublicationLevel,
    Stage,
    WhyNotYet,
    can_become,
    canonical,
    card_hash,
    first_out_of_step,
    moments_of,
    reached,
    spendable_cents,
    why_not_now,
    why_not_yet,
)
from app.places.models import Neighborhood
from app.places.rules import slug_of


@dataclass(frozen=True, kw_only=True)
class PlannedPhase:
    """A phase by its first and its last day, both included, as residents of the neighborhood read a calendar."""

    kind: PhaseKind
    first_on: date
    last_on: date


@dataclass(frozen=True, kw_only=True)
class EditCycle:
    """Everything a clerk decides about a cycle; one phase of each kind."""

    name: str
    summary: str
    year: int
    pot_cents: int
    contingency_cents: int
    count_rule: CountRule
    max_ranks: int
    leftover_rule: LeftoverRule
    publication_level: PublicationLevel
    phases: tuple[PlannedPhase, ...]
    min_age: int | None = None
    hides_supports: bool = False
    least_cost_cents: int | None = None
    most_cost_cents: int | None = None
    most_proposals: int | None = None


@dataclass(frozen=True, kw_only=True)
class CreateCycle(EditCycle):
    """A new cycle of one neighborhood."""

    neighborhood_id: int


class WrongPhase(DomainError):
    """Something was tried outside its phase; the message says which phase is on and what is possible now."""


def create(command: CreateCycle, *, by: Actor) -> Cycle:
    """Plan a cycle; it stays a draft until a clerk publishes it.

    Its ballot is fixed with short texts and task forces (domain.md, cycle stages) unless its ballot plan is changed.
    """
    ensure_standing(
        policies.may_create(by, command.neighborhood_id), _("Only clerks of this neighborhood plan its cycles.")
    )
    with transaction():
        cycle = _planned(command, Stage.DRAFT)
        asked = BallotPlan(asks_short_texts=True, asks_task_forces=True, asks_confirmation=False)
        asked.cycle_id = cycle.id
        db.session.add(asked)
        publish(CycleCreated(actor_id=by.id, **_news(cycle)))
    return cycle


def import_cycle(command: CreateCycle, *, by: Actor) -> Cycle:
    """Set up the cycle of a vote that was held elsewhere; it begins at its count. Joins an open transaction."""
    ensure_standing(
        policies.may_create(by, command.neighborhood_id), _("Only clerks of this neighborhood plan its cycles.")
    )
    with transaction():
        cycle = _planned(command, Stage.COUNTING)
        publish(CycleImported(actor_id=by.id, **_news(cycle)))
    return cycle


def edit(cycle_id: int, command: EditCycle, *, by: Actor) -> Cycle:
    """Change a cycle; once its ballot is fixed, nothing that decides the outcome."""
    with transaction():
        cycle = _locked(cycle_id)
        ensure_standing(
            policies.may_edit(by, cycle.neighborhood_id), _("Only clerks of this neighborhood edit its cycles.")
        )
        ensure(cycle.stage is not Stage.CLOSED, "closed", _("This cycle is closed. Its record stays as it is."))
        phases = _unmoved(cycle, _checked(command, cycle.neighborhood.time_zone))
        _ensure_in_step(phases)
        changes = _changes(cycle, command, phases)
        _refuse_what_is_fixed(cycle, changes)
        _apply(cycle, command, phases)
        if changes:
            publish(CycleEdited(actor_id=by.id, cycle_id=cycle.id, changes=tuple(changes.values())))
    return cycle


def advance(cycle_id: int, to: Stage, *, by: Actor) -> Cycle:
    """Take the one step from the stage before to `to`; joins an open transaction.

    The ballot counts as fixed only with its rule card: call `freeze_rule_card` before stepping to BALLOT_FIXED.
    """
    with transaction():
        cycle = _locked(cycle_id)
        ensure_standing(
            policies.may_advance(by, cycle.neighborhood_id, to), _("Only clerks of this neighborhood lead its cycles.")
        )
        if not can_become(cycle.stage, to):
            reason = WhyNotYet.NOT_THE_NEXT
            raise DomainError(reason.value, words.why_not_yet(reason, queries.facts(cycle_id, drafts=True), to))
        ensure(
            to is not Stage.BALLOT_FIXED or _card_of(cycle_id) is not None,
            "no_rule_card",
            _("The rule card has to be frozen first."),
        )
        was, cycle.stage = cycle.stage, to
        publish(CycleAdvanced(actor_id=by.id, cycle_id=cycle.id, was=was, stage=to))
    return cycle


def extend_voting(cycle_id: int, ends_at: datetime, *, by: Actor) -> Cycle:
    """Let the days of voting end later, and the counting begin no sooner than that; joins an open transaction.

    The rule card keeps the days that were announced. Refused where nothing would be left of the counting.
    """
    with transaction():
        cycle = _locked(cycle_id)
        allowed = policies.may_advance(by, cycle.neighborhood_id, Stage.VOTING)
        ensure_standing(allowed, _("Only clerks of this neighborhood lead its cycles."))
        rows = {row.kind: row for row in cycle.phases}
        voting, counting = rows[PhaseKind.VOTING], rows[PhaseKind.COUNTING]
        left = ends_at < counting.ends_at
        ensure(left, "no_counting", _("The days of counting are over by then. Give the counting more days first."))
        voting.ends_at, counting.starts_at = ends_at, max(ends_at, counting.starts_at)
        changes = tuple(f"{p.kind}: {p.starts_at.isoformat()} – {p.ends_at.isoformat()}" for p in (voting, counting))
        publish(CycleEdited(actor_id=by.id, cycle_id=cycle.id, changes=changes))
    return cycle


def step(cycle_id: int, to: Stage, *, by: Actor) -> Cycle:
    """`advance` by a clerk's hand: also refuses to cut short what residents were promised by date."""
    with transaction():
        facts = queries.facts(cycle_id, drafts=True)
        reason = why_not_yet(facts, to, deadline_now())
        if reason is not None:
            raise DomainError(reason.value, words.why_not_yet(reason, facts, to))
        return advance(cycle_id, to, by=by)


def freeze_rule_card(cycle_id: int, content: Mapping[str, Any], *, lot_commitment: str | None, by: Actor) -> RuleCard:
    """Keep `content` (see `rules.rule_card`) for good as canonical JSON with its hash; joins an open transaction.

    Without a commitment it is the card of an imported vote, whose cycle begins at its count.
    Doing it again with the same content gives the card there is; with other content it is refused.
    """
    text = canonical(content)
    with transaction():
        cycle = _locked(cycle_id)
        ensure_standing(
            policies.may_advance(by, cycle.neighborhood_id, Stage.BALLOT_FIXED),
            _("Only clerks of this neighborhood fix its ballot."),
        )
        card = _card_of(cycle_id)
        if card is not None:
            ensure(card.content == text, "rule_card_frozen", _("The rule card is frozen. It can never be changed."))
            return card
        due = Stage.COUNTING if lot_commitment is None else Stage.REVIEWING
        ensure(cycle.stage is due, "not_reviewing", _("The ballot is fixed when the review is done."))
        card = RuleCard(
            cycle_id=cycle.id, content=text, hash=card_hash(text), lot_commitment=lot_commitment, frozen_at=now()
        )
        db.session.add(card)
        db.session.flush()
        publish(
            RuleCardFrozen(actor_id=by.id, cycle_id=cycle.id, rule_card_hash=card.hash, lot_commitment=lot_commitment)
        )
    return card


def ensure_phase(facts: CycleFacts, kind: PhaseKind) -> None:
    """Refuse with WrongPhase unless both the dates and the stage allow what belongs to `kind`, at this moment."""
    moment = deadline_now()
    if why_not_now(facts, kind, moment) is None:
        return
    label = _("See what is possible now: %(cycle)s", cycle=facts.name)
    raise WrongPhase(
        "wrong_phase", words.wrong_phase(facts, kind, moment), next_step=NextStep(label=label, url=_address(facts.id))
    )


def _address(cycle_id: int) -> str:
    return url_for("cycles.show", cycle_id=cycle_id) if has_request_context() else f"/cycles/{cycle_id}"


def _locked(cycle_id: int) -> Cycle:
    cycle = locked(Cycle, cycle_id)
    if cycle is None:
        raise NotFound
    return cycle


def _planned(command: CreateCycle, stage: Stage) -> Cycle:
    where = locked(Neighborhood, command.neighborhood_id)
    if where is None:
        raise NotFound
    phases = _checked(command, where.time_zone)
    _ensure_in_step(phases)
    cycle = Cycle(neighborhood=where, slug=_free_slug(command, where.id), stage=stage, **_columns(command))
    cycle.phases = [Phase(kind=p.kind, starts_at=p.starts_at, ends_at=p.ends_at) for p in phases]
    db.session.add(cycle)
    db.session.flush()
    return cycle


def _news(cycle: Cycle) -> dict[str, int]:
    return {
        "cycle_id": cycle.id,
        "neighborhood_id": cycle.neighborhood_id,
        "year": cycle.year,
        "pot_cents": cycle.pot_cents,
    }


def _card_of(cycle_id: int) -> RuleCard | None:
    return db.session.scalar(sa.select(RuleCard).where(RuleCard.cycle_id == cycle_id))


def _columns(command: EditCycle) -> dict[str, Any]:
    named = {f.name: getattr(command, f.name) for f in fields(EditCycle) if f.name != "phases"}
    return named | {"count_rule": command.count_rule.value}


def _free_slug(command: CreateCycle, neighborhood_id: int) -> str:
    base = slug_of(command.name, most=50)
    taken = set(db.session.scalars(sa.select(Cycle.slug).where(Cycle.neighborhood_id == neighborhood_id)))
    return next(s for s in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)


def _checked(command: EditCycle, zone: str) -> list[PhaseFacts]:
    ensure(command.pot_cents > 0, "empty_pot", _("The pot must hold money."), field="pot")
    ensure(
        0 <= command.contingency_cents < command.pot_cents,
        "contingency_too_large",
        _("The contingency is held back from the pot, so it must be smaller than the pot."),
        field="contingency",
    )
    ensure(1 <= command.max_ranks <= 20, "max_ranks", _("Between 1 and 20 ranks."), field="max_ranks")
    age = command.min_age
    ensure(age is None or 1 <= age <= 120, "min_age", _("Between 1 and 120 years."), field="min_age")
    _ensure_limits(command)
    by_kind = {planned.kind: planned for planned in command.phases}
    ensure(set(by_kind) == set(PhaseKind), "phases_missing", _("Each phase needs its dates."))
    phases = []
    for kind in PhaseKind:
        starts_at, ends_at = moments_of(by_kind[kind].first_on, by_kind[kind].last_on, ZoneInfo(zone))
        phases.append(PhaseFacts(kind=kind, starts_at=starts_at, ends_at=ends_at))
    return phases


def _ensure_limits(command: EditCycle) -> None:
    spendable = spendable_cents(command.pot_cents, command.contingency_cents)
    least, most = command.least_cost_cents, command.most_cost_cents
    fits = most is None or 0 < most <= spendable
    ensure(fits, "most_cost", _("No proposal can cost more than the pot pays."), field="most_cost")
    fits = least is None or 0 <= least <= (spendable if most is None else most)
    ensure(fits, "least_cost", _("The least cannot be more than the most."), field="least_cost")
    number = command.most_proposals
    fits = number is None or 1 <= number <= 1000
    ensure(fits, "most_proposals", _("Between 1 and 1,000 proposals."), field="most_proposals")


def _unmoved(cycle: Cycle, phases: list[PhaseFacts]) -> list[PhaseFacts]:
    """A phase that keeps its first or last day keeps that moment too, even where it is not midnight."""
    zone = cycle.neighborhood.time_zone
    rows = {row.kind: PhaseFacts(kind=row.kind, starts_at=row.starts_at, ends_at=row.ends_at) for row in cycle.phases}
    return [_nearest(rows.get(phase.kind, phase), phase, zone) for phase in phases]


def _nearest(before: PhaseFacts, after: PhaseFacts, zone: str) -> PhaseFacts:
    old, new = words.days_of(before, zone), words.days_of(after, zone)
    return PhaseFacts(
        kind=after.kind,
        starts_at=before.starts_at if old[0] == new[0] else after.starts_at,
        ends_at=before.ends_at if old[1] == new[1] else after.ends_at,
    )


def _ensure_in_step(phases: list[PhaseFacts]) -> None:
    kind = first_out_of_step(phases)
    if kind is None:
        return
    phase = next(p for p in phases if p.kind is kind)
    if phase.ends_at <= phase.starts_at:
        raise DomainError("phase_ends_first", _("The last day cannot come before the first."), field=f"{kind}_last")
    raise DomainError(
        "phase_overlaps", _("This phase must start after the one before it has ended."), field=f"{kind}_first"
    )


def _changes(cycle: Cycle, command: EditCycle, phases: list[PhaseFacts]) -> dict[str, str]:
    changes = {}
    for name, after in _columns(command).items():
        before = getattr(cycle, name)
        if before != after:
            changes[name] = name if name == "summary" else f"{name}: {before} → {after}"
    dated = {p.kind: (p.starts_at, p.ends_at) for p in cycle.phases}
    for phase in phases:
        if dated.get(phase.kind) != (phase.starts_at, phase.ends_at):
            changes[phase.kind.value] = f"{phase.kind}: {phase.starts_at.isoformat()} – {phase.ends_at.isoformat()}"
    return changes


FIELD_OF = {
    "pot_cents": "pot",
    "contingency_cents": "contingency",
    "least_cost_cents": "least_cost",
    "most_cost_cents": "most_cost",
} | {
    kind.value: f"{kind}_first" for kind in PhaseKind
}


def _refuse_what_is_fixed(cycle: Cycle, changes: Mapping[str, str]) -> None:
    fixed = [name for name in changes if name not in FREE_ONCE_FIXED]
    if fixed and reached(cycle.stage, Stage.BALLOT_FIXED):
        message = _("The ballot is fixed and this stands on its rule card. It can no longer be changed.")
        raise DomainError("ballot_fixed", message, field=FIELD_OF.get(fixed[0], fixed[0]))


def _apply(cycle: Cycle, command: EditCycle, phases: list[PhaseFacts]) -> None:
    for name, value in _columns(command).items():
        setattr(cycle, name, value)
    rows = {row.kind: row for row in cycle.phases}
    for phase in phases:
        row = rows.get(phase.kind)
        if row is None:
            cycle.phases.append(Phase(kind=phase.kind, starts_at=phase.starts_at, ends_at=phase.ends_at))
        else:
            row.starts_at, row.ends_at = phase.starts_at, phase.ends_at

"""The verbs of a proposal: draft, submit, edit, withdraw, put on the ballot, record the outcome."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure, ensure_standing
from app.core.events import publish
from app.cycles.models import Cycle
from app.cycles.queries import CycleFacts, facts
from app.cycles.rules import PhaseKind
from app.cycles.rules import Stage as CycleStage
from app.cycles.services import ensure_phase
from app.places.models import Area, Category
from app.proposals import policies
from app.proposals.coauthors import queries as coauthors
from app.proposals.events import (
    OutcomesRecorded,
    ProposalDrafted,
    ProposalEdited,
    ProposalsPutOnBallot,
    ProposalSubmitted,
    ProposalWithdrawn,
)
from app.proposals.limits.services import ensure_cost, ensure_within_limits
from app.proposals.models import EstimateLine, Proposal
from app.proposals.names import queries as names
from app.proposals.names.services import withhold, without_names
from app.proposals.priorities.services import serve
from app.proposals.rules import EDITABLE, CostLine, Stage, can_become, code, open_to_change, outcome_is_whole, read_code
from app.proposals.withdrawals.models import Withdrawal


@dataclass(frozen=True, kw_only=True)
class WriteProposal:
    """What a proposer tells: the words, the place, and what it might cost."""

    title: str
    summary: str
    need: str
    place: str
    category_id: int
    area_id: int | None
    estimate: tuple[CostLine, ...]
    watches_people: bool = False
    gains: str = ""
    helpers: str = ""
    priority_id: int | None = None


def draft(cycle_id: int, command: WriteProposal, *, by: Actor) -> Proposal:
    """Keep a proposal that only its author sees until they send it."""
    with transaction():
        proposal = begun(collecting(cycle_id), command, author_id=by.id)
        publish(ProposalDrafted(actor_id=by.id, proposal_id=proposal.id, cycle_id=cycle_id))
    return proposal


def submit(cycle_id: int, command: WriteProposal, *, by: Actor) -> Proposal:
    """Make a proposal public at once, with the next number of its cycle."""
    with transaction():
        cycle = collecting(cycle_id)
        proposal = begun(cycle, command, author_id=by.id)
        ensure_within_limits(proposal, cycle)
        make_public(proposal, cycle, by)
    return proposal


def add_part(cycle: CycleFacts, command: WriteProposal, *, by: Actor) -> Proposal:
    """A part of one's own proposal as a public one with the next number, in a cycle that the caller has locked.

    The limits of the cycle do not hold here: nobody is kept from splitting, and its cost comes with its first edit.
    """
    with transaction():
        proposal = begun(cycle, command, author_id=by.id)
        make_public(proposal, cycle, by)
    return proposal


def send(proposal_id: int, *, by: Actor) -> Proposal:
    """Submit a draft; sending it a second time changes nothing."""
    with transaction():
        proposal, cycle = opened(proposal_id, by)
        _ensure_author(proposal, by)
        if proposal.number is None:
            ensure(can_become(proposal.stage, Stage.SUBMITTED), "thrown_away", _("You have thrown this draft away."))
            ensure_phase(cycle, PhaseKind.COLLECTING)
            ensure_within_limits(proposal, cycle)
            make_public(proposal, cycle, by)
    return proposal


def edit(proposal_id: int, command: WriteProposal, *, by: Actor, changed: str = "") -> Proposal:
    """Change the author's own words while nobody has judged them; answering a wish for changes sends it in again.

    `changed` is what they say has changed, for whoever reads the revisions.
    """
    with transaction():
        proposal, cycle = opened_to_edit(proposal_id, by)
        sent_again = proposal.stage is Stage.NEEDS_CHANGES
        _write(proposal, command, cycle.neighborhood_id)
        serve(proposal, command.priority_id)
        proposal.edited_at = now()
        if proposal.number is not None:
            ensure_cost(command.estimate, cycle)
        if sent_again:
            proposal.stage = Stage.SUBMITTED
        if proposal.number is not None:
            changed = without_names(proposal, changed)
            withhold(proposal, by_id=by.id)
        db.session.flush()
        publish(
            ProposalEdited(
                actor_id=by.id,
                proposal_id=proposal.id,
                cycle_id=cycle.id,
                sent_again=sent_again,
                title=proposal.title,
                changed=changed,
            )
        )
    return proposal


def withdraw(proposal_id: int, *, by: Actor, reason: str = "") -> Proposal:
    """Take one's own proposal back until the ballot is fixed, with a reason or none; a draft is thrown away by it."""
    with transaction():
        proposal, cycle = opened(proposal_id, by)
        _ensure_author(proposal, by)
        if proposal.stage is Stage.WITHDRAWN:
            return proposal
        take_back(proposal, cycle, reason=reason, by=by)
    return proposal


def take_back(proposal: Proposal, cycle: CycleFacts, *, reason: str, by: Actor) -> None:
    """Withdraw a proposal, both rows locked by the caller, who has seen that this is what its author wants."""
    _ensure_withdrawable(proposal, cycle)
    proposal.stage, proposal.withdrawn_at = Stage.WITHDRAWN, now()
    if proposal.number is not None:
        db.session.add(Withdrawal(proposal_id=proposal.id, person_id=by.id, reason=reason.strip() or None))
    db.session.flush()
    ids = {"proposal_id": proposal.id, "cycle_id": cycle.id, "author_id": proposal.author_id}
    publish(ProposalWithdrawn(actor_id=by.id, **ids, reason=reason))


def put_on_ballot(cycle_id: int, *, by: Actor) -> list[Proposal]:
    """Turn every feasible proposal of a cycle under review into an option; joins the caller's transaction."""
    with transaction():
        cycle = locked_cycle(cycle_id)
        ensure_standing(
            policies.may_fix_ballot(by, cycle.neighborhood_id), _("Only a clerk of this neighborhood fixes its ballot.")
        )
        ensure(cycle.stage is CycleStage.REVIEWING, "not_reviewing", _("A ballot is fixed at the end of the review."))
        chosen = _of_stages(cycle_id, Stage.FEASIBLE)
        _ensure_ballot_is_possible(chosen, cycle)
        for proposal in chosen:
            proposal.stage = Stage.ON_BALLOT
        publish(ProposalsPutOnBallot(actor_id=by.id, cycle_id=cycle_id, proposal_ids=tuple(each.id for each in chosen)))
    return chosen


def record_outcomes(cycle_id: int, funded: Collection[int], *, by_id: int | None) -> None:
    """Write down which options a certified count funds; telling it the same outcome again changes nothing."""
    with transaction():
        locked_cycle(cycle_id)
        options = _of_stages(cycle_id, Stage.ON_BALLOT, Stage.FUNDED, Stage.NOT_FUNDED)
        ensure(
            outcome_is_whole(funded, [option.id for option in options]),
            "not_on_ballot",
            _("The outcome names an option that was not on the ballot."),
        )
        if _already_recorded(options, funded):
            return
        for option in options:
            option.stage = Stage.FUNDED if option.id in funded else Stage.NOT_FUNDED
        lost = tuple(o.id for o in options if o.stage is Stage.NOT_FUNDED)
        publish(OutcomesRecorded(actor_id=by_id, cycle_id=cycle_id, funded=tuple(sorted(funded)), not_funded=lost))


def named(cycle: CycleFacts, typed: str, *, field: str) -> Proposal:
    """The proposal of an opened cycle whose code somebody typed, locked; refused at `field` where there is none."""
    numbered = read_code(typed)
    query = sa.select(Proposal.id).where(Proposal.cycle_id == cycle.id)
    if numbered is not None and numbered[0] == cycle.year:
        found = db.session.scalar(query.where(Proposal.number == numbered[1]))
        proposal = locked(Proposal, found) if found is not None else None
        if proposal is not None:
            return proposal
    message = _("No proposal of this cycle has this number. Please copy it from the other page, like 2026-P014.")
    raise DomainError("unknown_code", message, field=field)


def opened(proposal_id: int, by: Actor) -> tuple[Proposal, CycleFacts]:
    """The proposal and its cycle, both locked (the cycle always first); NotFound where `by` may not know of it."""
    found = db.session.get(Proposal, proposal_id)
    if found is None:
        raise NotFound
    company = coauthors.ids_of(proposal_id)
    if not policies.may_see(by, author_id=found.author_id, number=found.number, co_authors=company):
        raise NotFound
    return with_cycle(proposal_id)


def with_cycle(proposal_id: int) -> tuple[Proposal, CycleFacts]:
    """Both locked, for a verb that says itself who may know of a draft."""
    found = db.session.get(Proposal, proposal_id)
    if found is None:
        raise NotFound
    cycle = locked_cycle(found.cycle_id)
    proposal = locked(Proposal, proposal_id)
    assert proposal is not None
    return proposal, cycle


def opened_to_edit(proposal_id: int, by: Actor) -> tuple[Proposal, CycleFacts]:
    """Both as `opened` gives them, where those who write it may still change it; refused with a reason elsewhere."""
    proposal, cycle = opened(proposal_id, by)
    ensure_writer(proposal, by)
    _ensure_editable(proposal, cycle)
    return proposal, cycle


def next_number(cycle_id: int) -> int:
    """The number after the highest in the cycle, whose row the caller has locked."""
    highest = db.session.scalar(sa.select(sa.func.max(Proposal.number)).where(Proposal.cycle_id == cycle_id))
    return (highest or 0) + 1


def locked_cycle(cycle_id: int) -> CycleFacts:
    """The cycle, its row locked until the caller's transaction ends."""
    locked(Cycle, cycle_id)
    return facts(cycle_id)


def collecting(cycle_id: int) -> CycleFacts:
    """The cycle, locked; refused outside the days on which it collects proposals."""
    cycle = locked_cycle(cycle_id)
    ensure_phase(cycle, PhaseKind.COLLECTING)
    return cycle


def begun(cycle: CycleFacts, command: WriteProposal, *, author_id: int) -> Proposal:
    """A draft in a cycle that the caller has locked; joins their transaction."""
    proposal = Proposal(cycle_id=cycle.id, author_id=author_id, stage=Stage.DRAFT, created_at=now())
    _write(proposal, command, cycle.neighborhood_id)
    db.session.add(proposal)
    db.session.flush()
    serve(proposal, command.priority_id)
    return proposal


def _write(proposal: Proposal, command: WriteProposal, neighborhood_id: int) -> None:
    ensure_of_neighborhood(command.category_id, command.area_id, neighborhood_id)
    proposal.title, proposal.summary, proposal.need = command.title, command.summary, command.need
    proposal.place, proposal.watches_people = command.place, command.watches_people
    proposal.gains, proposal.helpers = command.gains, command.helpers
    proposal.category_id, proposal.area_id = command.category_id, command.area_id
    write_estimate(proposal, command.estimate)


def write_estimate(proposal: Proposal, lines: Sequence[CostLine]) -> None:
    """Put these lines in the place of those that were there."""
    proposal.estimate = []
    db.session.flush()
    proposal.estimate = [
        EstimateLine(position=position, label=line.label, amount_cents=line.amount_cents)
        for position, line in enumerate(lines, start=1)
    ]


def make_public(
    proposal: Proposal,
    cycle: CycleFacts,
    by: Actor,
    told: Callable[..., ProposalSubmitted] = ProposalSubmitted,
    **more: Any,
) -> None:
    """Give a draft the next number and say so with the event `told`, which may say `more`; joins the transaction that
    has locked the cycle."""
    proposal.number = next_number(cycle.id)
    proposal.stage, proposal.submitted_at, proposal.edited_at = Stage.SUBMITTED, now(), None
    withhold(proposal, by_id=by.id)
    db.session.flush()
    publish(
        told(
            actor_id=by.id,
            proposal_id=proposal.id,
            cycle_id=cycle.id,
            author_id=proposal.author_id,
            code=code(cycle.year, proposal.number),
            title=proposal.title,
            **more,
        )
    )


def _of_stages(cycle_id: int, *stages: Stage) -> list[Proposal]:
    query = sa.select(Proposal).where(Proposal.cycle_id == cycle_id, Proposal.stage.in_(stages)).order_by(Proposal.id)
    return list(db.session.scalars(query.with_for_update().execution_options(populate_existing=True)))


def _already_recorded(options: list[Proposal], funded: Collection[int]) -> bool:
    if any(option.stage is Stage.ON_BALLOT for option in options):
        return False
    same = {option.id for option in options if option.stage is Stage.FUNDED} == set(funded)
    ensure(same, "recorded_otherwise", _("Another outcome is already recorded for this cycle."))
    return True


def _ensure_author(proposal: Proposal, by: Actor) -> None:
    ensure_standing(policies.may_change(by, author_id=proposal.author_id), _("Only its author can change a proposal."))


def ensure_writer(proposal: Proposal, by: Actor) -> None:
    """Refuse whoever neither is the author nor writes it with them."""
    allowed = policies.may_write(by, author_id=proposal.author_id, co_authors=coauthors.ids_of(proposal.id))
    ensure_standing(allowed, _("Only those who write a proposal can change it."))


def _ensure_editable(proposal: Proposal, cycle: CycleFacts) -> None:
    if proposal.stage is Stage.DRAFT:
        ensure_phase(cycle, PhaseKind.COLLECTING)
    ensure(
        proposal.stage in EDITABLE,
        "already_judged",
        _("The officers have already decided about this proposal, so its words stay as they are."),
    )
    _ensure_ballot_open(cycle)


def _ensure_withdrawable(proposal: Proposal, cycle: CycleFacts) -> None:
    ensure(
        can_become(proposal.stage, Stage.WITHDRAWN),
        "too_late",
        _("This proposal can no longer be withdrawn."),
    )
    if proposal.stage is not Stage.DRAFT:
        _ensure_ballot_open(cycle)


def _ensure_ballot_open(cycle: CycleFacts) -> None:
    ensure(
        open_to_change(cycle.stage),
        "ballot_fixed",
        _("The ballot of this cycle is fixed, so its proposals can no longer change."),
    )


def ensure_of_neighborhood(category_id: int | None, area_id: int | None, neighborhood_id: int) -> None:
    """Refuse, at its field, a category or an area of another neighborhood; None is none."""
    if category_id is not None:
        category = db.session.get(Category, category_id)
        fits = category is not None and category.neighborhood_id == neighborhood_id
        ensure(fits, "foreign_category", _("Choose one of the categories of this neighborhood."), field="category_id")
    if area_id is not None:
        area = db.session.get(Area, area_id)
        fits = area is not None and area.neighborhood_id == neighborhood_id
        ensure(fits, "foreign_area", _("Choose one of the areas of this neighborhood."), field="area_id")


def _ensure_ballot_is_possible(chosen: list[Proposal], cycle: CycleFacts) -> None:
    ensure(bool(chosen), "nothing_feasible", _("No proposal is feasible yet, so there is nothing to vote on."))
    dear = _codes(cycle, [p for p in chosen if (p.cost_cents or 0) > cycle.spendable_cents])
    ensure(
        not dear, "dearer_than_pot", _("Review these again, they cost more than the pot holds: %(codes)s.", codes=dear)
    )
    waiting = names.waiting_in([p.id for p in chosen])
    held = _codes(cycle, [p for p in chosen if p.id in waiting])
    ensure(not held, "words_wait", _("Words in these still wait for a look by the office: %(codes)s.", codes=held))


def _codes(cycle: CycleFacts, proposals: Sequence[Proposal]) -> str:
    return ", ".join(code(cycle.year, each.number or 0) for each in proposals)

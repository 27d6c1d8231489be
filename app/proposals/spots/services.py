"""Saying where a proposal is. A private spot is kept apart, and goes when its proposal is taken back."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.core.events import publish
from app.places.queries import AreaFacts, areas
from app.proposals.events import ProposalEdited, ProposalWithdrawn
from app.proposals.models import Proposal
from app.proposals.services import opened_to_edit
from app.proposals.spots import words
from app.proposals.spots.events import PlaceSaid
from app.proposals.spots.models import ExactSpot, ProposalSpot
from app.proposals.spots.queries import keeps_exact
from app.proposals.spots.rules import ON_THE_MAP, Spot, Where, area_at, why_not
from app.proposals.writing.events import DraftKept


@dataclass(frozen=True, kw_only=True)
class SayWhere:
    """Where a proposal is: `at` for a point and for an area (None keeps the private spot), `area_id` for words."""

    where: Where
    place: str
    area_id: int | None = None
    at: Spot | None = None


def say(proposal_id: int, command: SayWhere, *, by: Actor) -> Proposal:
    """Say where one's own proposal is, as long as it can be edited; saying the same again changes nothing."""
    with transaction():
        proposal, cycle = opened_to_edit(proposal_id, by)
        here, before = areas(cycle.neighborhood_id), _as_it_stands(proposal)
        _ensure_takes(command, here, proposal_id)
        shown = _write(proposal, command, here)
        db.session.flush()
        if _as_it_stands(proposal) == before:
            return proposal
        shown.said_at = now()
        proposal.edited_at = now() if proposal.number is not None else proposal.edited_at
        publish(
            PlaceSaid(
                actor_id=by.id,
                proposal_id=proposal.id,
                cycle_id=cycle.id,
                sent_again=False,
                title=proposal.title,
                changed=_("The place."),
                where=command.where,
            )
        )
    return proposal


def follow_area(event: ProposalEdited | DraftKept) -> None:
    """Whoever names another area in the words means another place: what was marked before is taken off the map."""
    row = db.session.get(ProposalSpot, event.proposal_id)
    named = db.session.get_one(Proposal, event.proposal_id).area_id
    if row is None or row.kind not in ON_THE_MAP or row.area_id == named:
        return
    _keep_exact(event.proposal_id, None, is_kept=False)
    row.kind, row.area_id, row.longitude, row.latitude = Where.WORDS, None, None, None


def forget_exact(event: ProposalWithdrawn) -> None:
    """Nobody has to find the place of a proposal that was taken back: its private spot goes."""
    db.session.execute(sa.delete(ExactSpot).where(ExactSpot.proposal_id == event.proposal_id))


def _ensure_takes(command: SayWhere, here: list[AreaFacts], proposal_id: int) -> None:
    keeps = command.where is Where.AREA and keeps_exact(proposal_id)
    reason = why_not(command.where, here, words=command.place, area_id=command.area_id, at=command.at, keeps=keeps)
    if reason is not None:
        field, message = words.REASONS[reason]
        raise DomainError(reason.value, str(message), field=field)


def _write(proposal: Proposal, command: SayWhere, here: list[AreaFacts]) -> ProposalSpot:
    """The words and the area into the proposal, the rest beside it; a spot is never in both tables."""
    where, at = command.where, command.at
    proposal.place = command.place or _("The whole neighborhood")
    if where not in ON_THE_MAP:
        proposal.area_id = command.area_id if where is Where.WORDS else None
    elif at is not None:
        found = area_at(here, at)
        proposal.area_id = found.id if found else None
    row = db.session.get(ProposalSpot, proposal.id) or ProposalSpot(proposal_id=proposal.id)
    shown = at if where is Where.POINT else None
    row.kind, row.said_at = where, row.said_at or now()
    row.area_id = proposal.area_id if where in ON_THE_MAP else None
    row.longitude, row.latitude = (shown.longitude, shown.latitude) if shown else (None, None)
    db.session.add(row)
    db.session.flush()
    _keep_exact(proposal.id, at if where is Where.AREA else None, is_kept=where is Where.AREA and at is None)
    return row


def _keep_exact(proposal_id: int, at: Spot | None, *, is_kept: bool) -> None:
    if is_kept:
        return
    db.session.execute(sa.delete(ExactSpot).where(ExactSpot.proposal_id == proposal_id))
    if at is not None:
        db.session.add(ExactSpot(proposal_id=proposal_id, longitude=at.longitude, latitude=at.latitude))


def _as_it_stands(proposal: Proposal) -> tuple[object, ...]:
    query = sa.select(ProposalSpot.kind, ProposalSpot.longitude, ProposalSpot.latitude)
    shown = db.session.execute(query.where(ProposalSpot.proposal_id == proposal.id)).first()
    query_exact = sa.select(ExactSpot.longitude, ExactSpot.latitude).where(ExactSpot.proposal_id == proposal.id)
    exact = db.session.execute(query_exact).first()
    return proposal.place, proposal.area_id, *(tuple(found) if found else None for found in (shown, exact))

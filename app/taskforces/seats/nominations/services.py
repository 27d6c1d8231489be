"""The verbs of nominations: make one, offer the seat, refuse it with a reason, take it back, close it with its body."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure, ensure_standing
from app.core.events import publish
from app.taskforces.events import TaskForceDissolved
from app.taskforces.models import TaskForce
from app.taskforces.organizations.models import Organization
from app.taskforces.rules import BodyStage
from app.taskforces.seats.nominations import policies, queries, words
from app.taskforces.seats.nominations.events import (
    NominationClosed,
    NominationFollowed,
    NominationRefused,
    NominationTakenBack,
    SeatNominated,
)
from app.taskforces.seats.nominations.models import Nomination
from app.taskforces.seats.nominations.rules import LEAST_REASON, Ending, why_not_nominate
from app.taskforces.seats.offers import services as offers
from app.taskforces.seats.offers.services import OfferSeat
from app.taskforces.seats.rules import SeatKind, Side
from app.taskforces.seats.services import body_of


@dataclass(frozen=True, kw_only=True)
class Nominate:
    """Who is named for which seat, who stands behind it, and why; an address where the co-chair knows one."""

    kind: SeatKind
    name: str
    reason: str
    email: str | None = None
    organization_id: int | None = None


def nominate(task_force_id: int, command: Nominate, *, by: Actor) -> int:
    """Name somebody for a seat of the side that one leads; returns the id. Whether they have an account is not told."""
    with transaction():
        body = body_of(task_force_id)
        side = _side_of(body, by)
        reason = why_not_nominate(
            is_dissolved=body.stage is BodyStage.DISSOLVED, waiting=queries.count_waiting(body.id, side)
        )
        if reason is not None:
            raise DomainError(reason.value, str(words.WHY_NOT[reason]))
        _ensure_here(body, command.organization_id)
        _ensure_said(command.reason, "reason")
        row = Nomination(
            task_force_id=body.id,
            kind=command.kind,
            side=side,
            name=command.name,
            email=command.email or None,
            organization_id=command.organization_id,
            reason=command.reason.strip(),
            nominated_by_id=by.id,
            nominated_at=now(),
        )
        db.session.add(row)
        db.session.flush()
        event = SeatNominated(
            actor_id=by.id,
            nomination_id=row.id,
            task_force_id=body.id,
            kind=row.kind,
            side=side,
            organization_id=row.organization_id,
        )
        publish(event)
    return row.id


def offer(nomination_id: int, command: OfferSeat, *, by: Actor) -> int:
    """Offer the seat to whoever was named, as any seat is offered; returns the id of the offer."""
    with transaction():
        row = _waiting(nomination_id, by)
        other = _(
            "They were nominated for another seat. Refuse this nomination, and offer the seat you chose on its own."
        )
        ensure((command.kind, command.side) == (row.kind, row.side), "other_seat", other, field="kind")
        made = offers.offer(row.task_force_id, command, by=by)
        row.offer_id = made.id
        _end(row, Ending.OFFERED, by.id)
        publish(
            NominationFollowed(actor_id=by.id, nomination_id=row.id, task_force_id=row.task_force_id, offer_id=made.id)
        )
    return made.id


def refuse(nomination_id: int, reason: str, *, by: Actor) -> None:
    """Do not offer the seat; the co-chair reads why."""
    with transaction():
        row = _waiting(nomination_id, by)
        _ensure_said(reason, "reason")
        row.refusal = reason.strip()
        _end(row, Ending.REFUSED, by.id)
        facts = {"nomination_id": row.id, "task_force_id": row.task_force_id}
        publish(NominationRefused(actor_id=by.id, reason=row.refusal, **facts))


def take_back(nomination_id: int, *, by: Actor) -> None:
    """Do not name them any more; whoever leads the side today can, while nobody has answered."""
    with transaction():
        row, body = _held(nomination_id)
        ensure_standing(_side_of(body, by) is row.side, str(words.OWN_SIDE))
        _end(row, Ending.TAKEN_BACK, by.id)
        publish(NominationTakenBack(actor_id=by.id, nomination_id=row.id, task_force_id=body.id))


def close_with_body(event: TaskForceDissolved) -> None:
    """Close what waits in a task force that is dissolved, in the transaction in which it ends."""
    assert event.actor_id is not None  # a clerk dissolves it
    waits = sa.select(Nomination.id).where(Nomination.task_force_id == event.task_force_id, Nomination.ending.is_(None))
    for nomination_id in db.session.scalars(waits.order_by(Nomination.id)).all():
        row = locked(Nomination, nomination_id)
        assert row is not None  # never deleted
        _end(row, Ending.CLOSED, event.actor_id)
        publish(NominationClosed(actor_id=event.actor_id, nomination_id=row.id, task_force_id=row.task_force_id))


def _side_of(body: TaskForce, by: Actor) -> Side:
    side = queries.side_chaired(body.id, by.id, today(body.neighborhood.time_zone))
    ensure_standing(side is not None, str(words.CO_CHAIRS))
    assert side is not None
    return side


def _waiting(nomination_id: int, by: Actor) -> Nomination:
    """A nomination for a clerk to answer."""
    row, body = _held(nomination_id)
    facts = {"nominated_by_id": row.nominated_by_id, "neighborhood_id": body.neighborhood_id}
    ensure_standing(policies.may_answer(by, **facts), str(words.CLERKS))
    return row


def _held(nomination_id: int) -> tuple[Nomination, TaskForce]:
    """A nomination that nobody has answered, locked after the seats of its neighborhood."""
    found = db.session.get(Nomination, nomination_id)
    if found is None:
        raise NotFound
    body = body_of(found.task_force_id)
    row = locked(Nomination, nomination_id)
    assert row is not None  # never deleted
    ensure(row.ending is None, "answered", _("This nomination has been answered or taken back already."))
    return row, body


def _end(row: Nomination, ending: Ending, by_id: int) -> None:
    """With its end the address goes: whoever is offered the seat has an account."""
    row.ending, row.ended_at, row.ended_by_id, row.email = ending, now(), by_id, None
    db.session.flush()


def _ensure_here(body: TaskForce, organization_id: int | None) -> None:
    if organization_id is None:
        return
    organization = db.session.get(Organization, organization_id)
    here = organization is not None and organization.neighborhood_id == body.neighborhood_id
    ensure(here, "foreign", _("Choose an organization of this neighborhood."), field="organization_id")


def _ensure_said(reason: str, field: str) -> None:
    short = _("Say it in a sentence, of at least %(n)s characters.", n=LEAST_REASON)
    ensure(len(reason.strip()) >= LEAST_REASON, "too_short", short, field=field)

"""The verb of returns: what was not spent goes back to the pot, and commitments end with it (domain rule 14)."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure
from app.core.once import once
from app.cycles.rules import LeftoverRule
from app.taskforces.projects.models import Project
from app.taskforces.projects.pausing.events import ProjectCancelled
from app.taskforces.signing.rules import MatterKind, Signed
from app.taskforces.spending import queries as ledger
from app.taskforces.spending.asking.services import (
    Payload,
    ask,
    asking,
    code_of,
    here,
    project_code,
    project_of,
    signed_project,
)
from app.taskforces.spending.models import Commitment
from app.taskforces.spending.rules import EntryKind
from app.taskforces.spending.services import Booking, book, ensure_bookable


@dataclass(frozen=True, kw_only=True)
class ReturnMoney:
    """How much goes back, and why; `closing` returns everything that is not spent and ends what is promised."""

    amount_cents: int | None
    closing: bool
    reason: str


def return_money(project_id: int, command: ReturnMoney, *, key: str, by: Actor) -> int:
    """Put a return before both sides; returns the agreement's id."""
    return once(key, lambda: ask(MatterKind.RETURN, asking(project_id, by), vars(command), by))


def to_return(subject_id: int, answers: Payload) -> Payload:
    """What both sides sign to return money: how much, by which rule, and which commitments end with it."""
    project = project_of(subject_id)
    closing = answers["closing"]
    ending = _open_commitments(subject_id) if closing else []
    cents = ledger.balance_of(subject_id).unspent_cents if closing else answers["amount_cents"]
    nothing = _("There is nothing to return: everything is spent. (Rule 14)")
    ensure(not closing or cents > 0 or bool(ending), "nothing_left", nothing, field="closing")
    if not closing:
        ensure_bookable(EntryKind.RETURN_TO_POT, -(cents or 0), project_id=subject_id)
    return {
        "project": project_code(project),
        "amount_cents": cents,
        "closing": closing,
        "reason": answers["reason"],
        "leftover_rule": project.cycle.leftover_rule.value,
        "ending": [
            {"commitment": code_of(row), "amount_cents": row.amount_cents, "spent_cents": row.spent_cents}
            for row in ending
        ],
    }


def return_signed(signed: Signed) -> None:
    """Return what both sides have signed."""
    with transaction():
        project, told = signed_project(signed), signed.payload
        if told["closing"]:
            return_rest(project, told["reason"], by_id=signed.last_signer_id, agreement_id=signed.agreement_id)
            return
        bookings = _giving_back(project, told["amount_cents"], told["reason"], signed.agreement_id)
        book(project.cycle_id, bookings, by_id=signed.last_signer_id)


def return_of_cancelled(event: ProjectCancelled) -> None:
    """Return what a cancelled project has not spent, in the transaction that cancels it (domain, stages)."""
    project = locked(Project, event.project_id)
    if project is None:
        raise NotFound
    return_rest(project, event.reason, by_id=event.actor_id, agreement_id=event.agreement_id)


def return_rest(project: Project, reason: str, *, by_id: int | None, agreement_id: int | None = None) -> int:
    """End every open commitment at what is paid of it and return all that is not spent; returns the cents.

    Joins the transaction that closes or cancels the project, whose row the caller holds.
    """
    with transaction():
        on = here(project)
        bookings = []
        for row in _open_commitments(project.id, hold=True):
            if row.amount_cents > row.spent_cents:
                bookings.append(_ended(project, row, reason, on, agreement_id))
        if bookings:
            book(project.cycle_id, bookings, by_id=by_id)
        for row in _open_commitments(project.id):
            row.closed_on = on
        db.session.flush()
        cents = ledger.balance_of(project.id).unspent_cents
        if cents:
            book(project.cycle_id, _giving_back(project, cents, reason, agreement_id), by_id=by_id)
    return cents


def _ended(project: Project, row: Commitment, reason: str, on: date, agreement_id: int | None) -> Booking:
    return Booking(
        kind=EntryKind.COMMIT_CHANGE,
        amount_cents=row.spent_cents - row.amount_cents,
        on=on,
        purpose=reason,
        project=project,
        commitment=row,
        counterparty=row.counterparty,
        agreement_id=agreement_id,
    )


def _giving_back(project: Project, cents: int, reason: str, agreement_id: int | None) -> list[Booking]:
    """The return, and where the rule of the cycle says so, what holds it in reserve from now on."""
    on = here(project)
    back = Booking(
        kind=EntryKind.RETURN_TO_POT,
        amount_cents=-cents,
        on=on,
        purpose=reason,
        project=project,
        agreement_id=agreement_id,
    )
    if project.cycle.leftover_rule is not LeftoverRule.CONTINGENCY:
        return [back]
    held = _("Returned money is held in reserve, as the rule card says")
    kept = Booking(kind=EntryKind.CONTINGENCY_HOLD, amount_cents=cents, on=on, purpose=held, agreement_id=agreement_id)
    return [back, kept]


def _open_commitments(project_id: int, *, hold: bool = False) -> list[Commitment]:
    query = sa.select(Commitment).where(Commitment.project_id == project_id, Commitment.closed_on.is_(None))
    query = query.order_by(Commitment.id)
    return list(db.session.scalars(query.with_for_update() if hold else query))

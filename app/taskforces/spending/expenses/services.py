"""The verbs of expenses: pay on a commitment, and take a payment back. Above a threshold both sides sign first.

`to_expense` makes what is put before both sides; `pay_signed` runs in the transaction of the last signature.
"""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import today
from app.core.db import db, transaction
from app.core.errors import NotFound, ensure, ensure_standing
from app.core.once import once
from app.taskforces.projects.models import Project
from app.taskforces.signing.rules import MatterKind, Signed
from app.taskforces.spending import policies
from app.taskforces.spending import queries as ledger
from app.taskforces.spending.asking.services import (
    Payload,
    ask,
    asking,
    code_of,
    commitment_of,
    document_of,
    entering,
    held_commitment,
    here,
    signed_project,
)
from app.taskforces.spending.documents import services as documents
from app.taskforces.spending.documents.services import Made
from app.taskforces.spending.expenses import queries, words
from app.taskforces.spending.models import LedgerEntry
from app.taskforces.spending.rules import EntryKind, needs_both_sides
from app.taskforces.spending.services import Booking, book, ensure_bookable


@dataclass(frozen=True, kw_only=True)
class Pay:
    """What was paid on a commitment, when, for what, the number in the council's books, and the invoice.

    `with_both`: both sides are to sign it, however small it is.
    """

    amount_cents: int
    on: date
    purpose: str
    reference: str | None
    paper: Made
    with_both: bool = False


@dataclass(frozen=True, kw_only=True)
class Paid:
    """What came of it: an entry in the ledger, or an agreement that waits for signatures."""

    entry_id: int | None = None
    agreement_id: int | None = None


def pay(commitment_id: int, command: Pay, *, key: str, by: Actor) -> Paid:
    """Enter what was paid: up to the cycle's threshold at once, above it put before both sides.

    What was paid alone on the same commitment counts with it (decision 52), so that nothing is paid in parts.
    """
    row = commitment_of(None, commitment_id)
    alone_cents = ledger.terms_of(row.project.cycle_id).alone_cents
    if command.with_both or needs_both_sides(command.amount_cents, alone_cents):
        return Paid(agreement_id=once(key, lambda: _ask(commitment_id, command, by)))
    return Paid(entry_id=once(key, lambda: _pay(commitment_id, command, by)))


def take_back(entry_id: int, reason: str, *, key: str, by: Actor) -> int:
    """Take a payment back as a whole by an entry of its own that points to it (domain rule 12)."""

    def act() -> int:
        known = db.session.get(LedgerEntry, entry_id)
        if known is None or known.project_id is None:
            raise NotFound
        project = entering(known.project_id, by)
        booking = Booking(
            kind=EntryKind.EXPENSE_REVERSAL,
            amount_cents=-abs(known.amount_cents),
            on=here(project),
            purpose=reason,
            project=project,
            commitment=held_commitment(known.commitment_id),
            counterparty=known.counterparty,
            reference=known.reference,
            document_id=known.document_id,
            reverses=known,
        )
        return book(project.cycle_id, [booking], by_id=by.id)[0].id

    return once(key, act)


def to_expense(subject_id: int, answers: Payload) -> Payload:
    """What both sides sign before a large amount is paid."""
    row = commitment_of(subject_id, answers["commitment_id"])
    ensure_bookable(EntryKind.EXPENSE, answers["amount_cents"], project_id=subject_id, commitment=row)
    said = {key: answers[key] for key in ("amount_cents", "on", "purpose", "reference")}
    document = document_of(subject_id, answers["document_id"])
    return {"commitment_id": row.id, "commitment": code_of(row), "counterparty": row.counterparty, **said, **document}


def pay_signed(signed: Signed) -> int:
    """Enter the large expense both sides have signed; returns the id of the entry."""
    with transaction():
        project, told = signed_project(signed), signed.payload
        row = held_commitment(told["commitment_id"])
        booking = Booking(
            kind=EntryKind.EXPENSE,
            amount_cents=told["amount_cents"],
            on=date.fromisoformat(told["on"]),
            purpose=told["purpose"],
            project=project,
            commitment=row,
            counterparty=row.counterparty,
            reference=told["reference"],
            document_id=told["document_id"],
            agreement_id=signed.agreement_id,
        )
        return book(project.cycle_id, [booking], by_id=signed.last_signer_id)[0].id


def _ask(commitment_id: int, command: Pay, by: Actor) -> int:
    row = commitment_of(None, commitment_id)
    project = asking(row.project_id, by)
    allowed = policies.may_enter(by, project.cycle.neighborhood_id)
    ensure_standing(allowed, _("Only a clerk here can write into the ledger."))
    _ensure_past(command.on, project)
    answers = {
        "commitment_id": row.id,
        "amount_cents": command.amount_cents,
        "on": command.on.isoformat(),
        "purpose": command.purpose,
        "reference": command.reference,
        "document_id": documents.keep(project.id, command.paper, by=by),
    }
    return ask(MatterKind.EXPENSE, project, answers, by)


def _pay(commitment_id: int, command: Pay, by: Actor) -> int:
    project = entering(commitment_of(None, commitment_id).project_id, by)
    _ensure_past(command.on, project)
    row = held_commitment(commitment_id)
    ensure_bookable(EntryKind.EXPENSE, command.amount_cents, project_id=project.id, commitment=row)
    _ensure_whole(row.id, command, project)
    booking = Booking(
        kind=EntryKind.EXPENSE,
        amount_cents=command.amount_cents,
        on=command.on,
        purpose=command.purpose,
        project=project,
        commitment=row,
        counterparty=row.counterparty,
        reference=command.reference,
        document_id=documents.keep(project.id, command.paper, by=by),
    )
    return book(project.cycle_id, [booking], by_id=by.id)[0].id


def _ensure_whole(commitment_id: int, command: Pay, project: Project) -> None:
    """Refuse what is above the threshold together with what was paid alone before; the rows are held."""
    where = project.cycle.neighborhood
    found = queries.threshold(
        project.cycle_id, where.time_zone, commitment_id, on=command.on, today=today(where.time_zone)
    )
    whole = not needs_both_sides(found.together_cents + command.amount_cents, found.alone_cents)
    ensure(whole, "paid_in_parts", words.in_parts(found, where.currency), field="amount")


def _ensure_past(on: date, project: Project) -> None:
    ensure(on <= here(project), "in_the_future", _("This day has not come yet."), field="on")

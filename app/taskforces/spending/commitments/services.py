"""The verbs of commitments: promise money, change how much, end it; both sides sign for each.

What is put before both sides is made by `to_commitment` and `to_change`, which refuse what cannot be done; `commit` and
`change` run in the transaction of the last signature.
"""

from dataclasses import dataclass

import sqlalchemy as sa

from app.core.access import Actor
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.core.events import publish
from app.core.money import LARGEST_CENTS
from app.core.once import once
from app.taskforces.rules import BodyStage
from app.taskforces.signing.rules import MatterKind, Signed
from app.taskforces.spending import queries as ledger
from app.taskforces.spending.asking.services import (
    Payload,
    ask,
    asking,
    code_of,
    commitment_of,
    document_of,
    held_commitment,
    here,
    project_of,
    signed_project,
)
from app.taskforces.spending.commitments import queries, words
from app.taskforces.spending.commitments.rules import WhyNot, why_not_promise
from app.taskforces.spending.documents import services as documents
from app.taskforces.spending.documents.services import Made
from app.taskforces.spending.events import CommitmentOverAllocation
from app.taskforces.spending.models import Commitment
from app.taskforces.spending.rules import EntryKind, Refusal
from app.taskforces.spending.services import Booking, MoneyRefused, book, ensure_bookable


@dataclass(frozen=True, kw_only=True)
class PromiseMoney:
    """What is promised to whom, and the contract."""

    counterparty: str
    amount_cents: int
    purpose: str
    paper: Made


@dataclass(frozen=True, kw_only=True)
class ChangePromise:
    """What a commitment amounts to from now on, why, and whether it ends."""

    amount_cents: int
    reason: str
    ends: bool


def promise(project_id: int, command: PromiseMoney, *, key: str, by: Actor) -> int:
    """Put a commitment before both sides; returns the id of the agreement.

    An amount over what the project has left is refused, and the attempt is told for itself: it calls for a setback.
    """
    _tell_if_over(project_id, command.amount_cents, by)

    def act() -> int:
        project = asking(project_id, by)
        answers = {
            "counterparty": command.counterparty,
            "amount_cents": command.amount_cents,
            "purpose": command.purpose,
            "document_id": documents.keep(project_id, command.paper, by=by),
        }
        return ask(MatterKind.COMMITMENT, project, answers, by)

    return once(key, act)


def change_promise(commitment_id: int, command: ChangePromise, *, key: str, by: Actor) -> int:
    """Put a changed amount, or the end of a commitment, before both sides; returns the id of the agreement."""

    def act() -> int:
        row = commitment_of(None, commitment_id)
        project = asking(row.project_id, by)
        return ask(MatterKind.COMMITMENT_CHANGE, project, {"commitment_id": row.id, **vars(command)}, by)

    return once(key, act)


def to_commitment(subject_id: int, answers: Payload) -> Payload:
    """What both sides sign for a commitment; refused where it cannot be made now (domain rules 6, 10 and 16)."""
    project = project_of(subject_id)
    cents = answers["amount_cents"]
    balance = ledger.balance_of(subject_id)
    reason = why_not_promise(
        project.stage,
        amount_cents=cents,
        alone_cents=ledger.terms_of(project.cycle_id).alone_cents,
        is_impaired=project.task_force is not None and project.task_force.stage is BodyStage.IMPAIRED,
        expected_cents=ledger.expected_cents(subject_id),
        allocated_cents=balance.allocated_cents,
        has_setback=queries.has_open_setback(subject_id),
    )
    if reason is not None:
        raise _not_now(reason)
    ensure_bookable(EntryKind.COMMIT, cents, project_id=subject_id)
    said = {key: answers[key] for key in ("counterparty", "amount_cents", "purpose")}
    return {**said, **document_of(subject_id, answers["document_id"])}


def to_change(subject_id: int, answers: Payload) -> Payload:
    """What both sides sign to change or end a commitment: from how much to how much, and why."""
    row = commitment_of(subject_id, answers["commitment_id"])
    change = answers["amount_cents"] - row.amount_cents
    if row.closed_on is not None:
        raise MoneyRefused(Refusal.ENDED)
    if change:
        ensure_bookable(EntryKind.COMMIT_CHANGE, change, project_id=subject_id, commitment=row)
    elif not answers["ends"]:
        raise _not_now(WhyNot.SAME_AMOUNT)
    return {
        "commitment_id": row.id,
        "commitment": code_of(row),
        "counterparty": row.counterparty,
        "was_cents": row.amount_cents,
        "amount_cents": answers["amount_cents"],
        "reason": answers["reason"],
        "ends": answers["ends"],
    }


def commit(signed: Signed) -> int:
    """Make the commitment both sides have signed; returns its id."""
    with transaction():
        project, told = signed_project(signed), signed.payload
        numbers = sa.select(sa.func.max(Commitment.number)).where(Commitment.project_id == project.id)
        row = Commitment(
            project_id=project.id,
            number=(db.session.scalar(numbers) or 0) + 1,
            counterparty=told["counterparty"],
            purpose=told["purpose"],
            document_id=told["document_id"],
            amount_cents=0,
            spent_cents=0,
            made_on=here(project),
        )
        db.session.add(row)
        db.session.flush()
        booking = Booking(
            kind=EntryKind.COMMIT,
            amount_cents=told["amount_cents"],
            on=row.made_on,
            purpose=row.purpose,
            project=project,
            commitment=row,
            counterparty=row.counterparty,
            document_id=row.document_id,
            agreement_id=signed.agreement_id,
        )
        book(project.cycle_id, [booking], by_id=signed.last_signer_id)
    return row.id


def change(signed: Signed) -> None:
    """Change or end the commitment as both sides have signed."""
    with transaction():
        project, told = signed_project(signed), signed.payload
        row = held_commitment(told["commitment_id"])
        booking = Booking(
            kind=EntryKind.COMMIT_CHANGE,
            amount_cents=told["amount_cents"] - row.amount_cents,
            on=here(project),
            purpose=told["reason"],
            project=project,
            commitment=row,
            counterparty=row.counterparty,
            agreement_id=signed.agreement_id,
        )
        if booking.amount_cents:
            book(project.cycle_id, [booking], by_id=signed.last_signer_id)
        if told["ends"]:
            row.closed_on = here(project)


def _tell_if_over(project_id: int, cents: int, by: Actor) -> None:
    """Write down an attempt to promise more than there is, in a transaction that stands, then refuse it."""
    with transaction():
        asking(project_id, by)
        over = cents - ledger.balance_of(project_id).left_cents
        is_over = over > 0 and 0 < cents <= LARGEST_CENTS
        if is_over:
            publish(
                CommitmentOverAllocation(actor_id=by.id, project_id=project_id, amount_cents=cents, over_cents=over)
            )
    if is_over:
        raise MoneyRefused(Refusal.OVER_ALLOCATION)


def _not_now(reason: WhyNot) -> DomainError:
    return DomainError(reason.value, str(words.WHY_NOT[reason]), field="amount")

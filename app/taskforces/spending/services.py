"""Writing into the ledger: the one verb that adds entries, and keeps the chain and the sums with them.

Whoever writes holds the project's rows first, in the order of their ids, and then the cycle's account: so nobody waits
for each other, and no two entries are counted against the same money (domain rules 9 to 13).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure_standing
from app.core.events import publish
from app.cycles.models import Cycle
from app.taskforces.projects.models import Project
from app.taskforces.projects.rules import code
from app.taskforces.signing.models import Agreement
from app.taskforces.spending import policies, words
from app.taskforces.spending.chain.rules import START, Written, entry_hash
from app.taskforces.spending.events import LedgerEntryMade, SpendingTermsSet
from app.taskforces.spending.models import (
    Commitment,
    LedgerEntry,
    PotAccount,
    ProjectBalance,
    SpendingDocument,
    SpendingTerms,
)
from app.taskforces.spending.rules import (
    RULE_OF,
    Balance,
    EntryKind,
    Original,
    Pot,
    Promise,
    Refusal,
    commitment_code,
    why_not_book,
)


class MoneyRefused(DomainError):
    """An entry that would break a rule; `rule` is its number."""

    def __init__(self, reason: Refusal, *, field: str | None = "amount") -> None:
        super().__init__(reason.value, words.refusal(reason), field=field)
        self.reason, self.rule = reason, RULE_OF[reason]


@dataclass(frozen=True, kw_only=True)
class Booking:
    """An entry to be made."""

    kind: EntryKind
    amount_cents: int
    on: date
    purpose: str
    project: Project | None = None
    commitment: Commitment | None = None
    counterparty: str | None = None
    reference: str | None = None
    document_id: int | None = None
    agreement_id: int | None = None
    reverses: LedgerEntry | None = None


@dataclass(frozen=True, kw_only=True)
class SetTerms:
    """What a clerk pays alone, and above which share of a project the council decides."""

    alone_cents: int
    council_percent: int


def allocate(project: Project, *, purpose: str, by_id: int | None) -> LedgerEntry:
    """Give a project, just opened, the money the count gave it; joins the transaction that opens it.

    The first allocation of a cycle writes down before it what is in the pot and what of it is held in reserve.
    """
    with transaction():
        booking = Booking(
            kind=EntryKind.ALLOCATE,
            amount_cents=project.allocated_cents,
            on=today(project.cycle.neighborhood.time_zone),
            purpose=purpose,
            project=project,
        )
        return book(project.cycle_id, [booking], by_id=by_id)[0]


def book(cycle_id: int, bookings: Sequence[Booking], *, by_id: int | None) -> list[LedgerEntry]:
    """Add entries to a cycle's chain, all of them or none; joins the transaction of the verb that makes them.

    The caller holds the projects' rows (`held_projects`). Raises MoneyRefused with the rule that forbids one.
    """
    with transaction():
        account = _account(cycle_id, by_id)
        return [_book(account, booking, by_id) for booking in bookings]


def ensure_bookable(
    kind: EntryKind, amount_cents: int, *, project_id: int, commitment: Commitment | None = None
) -> None:
    """Refuse, before anybody signs, what could not be booked as things stand; nothing is held and nothing written."""
    project = db.session.get(Project, project_id)
    account = db.session.get(PotAccount, project.cycle_id) if project else None
    reason = why_not_book(
        kind,
        amount_cents,
        pot=_pot(account) if account else Pot(),
        project=_project(db.session.get(ProjectBalance, project_id)),
        promise=_promise(commitment),
    )
    if reason is not None:
        raise MoneyRefused(reason)


def held_projects(project_ids: Collection[int]) -> dict[int, Project]:
    """The projects by id, held in the order of their ids; NotFound where one does not exist."""
    found = {}
    for project_id in sorted(set(project_ids)):
        project = locked(Project, project_id)
        if project is None:
            raise NotFound
        found[project_id] = project
    return found


def set_terms(cycle_id: int, command: SetTerms, *, by: Actor) -> None:
    """Set what a clerk of the cycle's neighborhood pays alone, and from which share on the council decides."""
    with transaction():
        cycle = locked(Cycle, cycle_id)
        if cycle is None:
            raise NotFound
        allowed = policies.may_enter(by, cycle.neighborhood_id)
        ensure_standing(allowed, _("Only a clerk here sets the terms of spending."))
        row = db.session.get(SpendingTerms, cycle_id) or SpendingTerms(cycle_id=cycle_id)
        row.alone_cents, row.council_percent = command.alone_cents, command.council_percent
        row.set_by_id, row.set_at = by.id, now()
        db.session.add(row)
        db.session.flush()
        publish(SpendingTermsSet(actor_id=by.id, cycle_id=cycle_id, **vars(command)))


def _account(cycle_id: int, by_id: int | None) -> PotAccount:
    account = locked(PotAccount, cycle_id)
    if account is not None:
        return account
    cycle = db.session.get(Cycle, cycle_id)
    if cycle is None:
        raise NotFound
    sums = dict.fromkeys(("pot_cents", "external_cents", "held_cents", "allocated_cents", "entries"), 0)
    account = PotAccount(cycle_id=cycle_id, head_hash=START, **sums)
    db.session.add(account)
    db.session.flush()
    on = today(cycle.neighborhood.time_zone)
    first = [(EntryKind.POT_IN, cycle.pot_cents, _("The pot of this cycle"))]
    if cycle.contingency_cents:
        first += [(EntryKind.CONTINGENCY_HOLD, cycle.contingency_cents, _("Held in reserve, as the rule card says"))]
    for kind, cents, purpose in first:
        _book(account, Booking(kind=kind, amount_cents=cents, on=on, purpose=purpose), by_id)
    return account


def _book(account: PotAccount, booking: Booking, by_id: int | None) -> LedgerEntry:
    balance = _balance(booking.project)
    _ensure_allowed(account, balance, booking)
    entry = LedgerEntry(
        cycle_id=account.cycle_id,
        number=account.entries + 1,
        project_id=booking.project.id if booking.project else None,
        commitment_id=booking.commitment.id if booking.commitment else None,
        kind=booking.kind,
        amount_cents=booking.amount_cents,
        on=booking.on,
        purpose=booking.purpose,
        counterparty=booking.counterparty,
        reference=booking.reference,
        document_id=booking.document_id,
        agreement_id=booking.agreement_id,
        reverses_id=booking.reverses.id if booking.reverses else None,
        entered_by_id=by_id,
        entered_at=now(),
        previous_hash=account.head_hash,
    )
    entry.hash = entry_hash(_written(entry, booking))
    db.session.add(entry)
    _add_up(account, balance, booking)
    account.entries, account.head_hash = entry.number, entry.hash
    db.session.flush()
    publish(_made(entry))
    return entry


def _made(entry: LedgerEntry) -> LedgerEntryMade:
    return LedgerEntryMade(
        actor_id=entry.entered_by_id,
        entry_id=entry.id,
        cycle_id=entry.cycle_id,
        number=entry.number,
        project_id=entry.project_id,
        commitment_id=entry.commitment_id,
        kind=entry.kind,
        amount_cents=entry.amount_cents,
        agreement_id=entry.agreement_id,
        hash=entry.hash,
    )


def _balance(project: Project | None) -> ProjectBalance | None:
    if project is None:
        return None
    row = locked(ProjectBalance, project.id)
    if row is None:
        row = ProjectBalance(project_id=project.id, allocated_cents=0, committed_cents=0, spent_cents=0)
        db.session.add(row)
    return row


def _ensure_allowed(account: PotAccount, balance: ProjectBalance | None, booking: Booking) -> None:
    reason = why_not_book(
        booking.kind,
        booking.amount_cents,
        pot=_pot(account),
        project=_project(balance),
        promise=_promise(booking.commitment),
        original=_original(booking.reverses),
    )
    if reason is not None:
        raise MoneyRefused(reason)


def _pot(row: PotAccount) -> Pot:
    return Pot(
        pot_cents=row.pot_cents,
        external_cents=row.external_cents,
        held_cents=row.held_cents,
        allocated_cents=row.allocated_cents,
    )


def _project(row: ProjectBalance | None) -> Balance:
    if row is None:
        return Balance()
    return Balance(
        allocated_cents=row.allocated_cents, committed_cents=row.committed_cents, spent_cents=row.spent_cents
    )


def _promise(row: Commitment | None) -> Promise:
    if row is None:
        return Promise()
    return Promise(amount_cents=row.amount_cents, spent_cents=row.spent_cents, is_closed=row.closed_on is not None)


def _original(row: LedgerEntry | None) -> Original | None:
    if row is None:
        return None
    query = sa.select(LedgerEntry.id).where(LedgerEntry.reverses_id == row.id)
    is_reversed = db.session.execute(query).first() is not None
    return Original(kind=row.kind, amount_cents=row.amount_cents, is_reversed=is_reversed)


def _add_up(account: PotAccount, balance: ProjectBalance | None, booking: Booking) -> None:
    kind, cents = booking.kind, booking.amount_cents
    _keep(account, vars(_pot(account).after(kind, cents)))
    if balance is not None:
        _keep(balance, vars(_project(balance).after(kind, cents)))
    if booking.commitment is not None:
        _keep(booking.commitment, vars(_promise(booking.commitment).after(kind, cents)))


def _keep(row: PotAccount | ProjectBalance | Commitment, sums: Mapping[str, Any]) -> None:
    for name, value in sums.items():
        if name.endswith("_cents"):
            setattr(row, name, value)


def _written(entry: LedgerEntry, booking: Booking) -> Written:
    """The entry as it is hashed; the export writes the same from the rows (`chain.queries`)."""
    project, promise = booking.project, booking.commitment
    project_code = code(project.cycle.year, project.number) if project else None
    document = db.session.get(SpendingDocument, entry.document_id) if entry.document_id else None
    agreement = db.session.get(Agreement, entry.agreement_id) if entry.agreement_id else None
    return Written(
        cycle=entry.cycle_id,
        number=entry.number,
        entered_at=entry.entered_at,
        on=entry.on,
        kind=entry.kind.value,
        amount_cents=entry.amount_cents,
        project=project_code,
        commitment=commitment_code(project_code, promise.number) if project_code and promise else None,
        counterparty=entry.counterparty,
        purpose=entry.purpose,
        reference=entry.reference,
        document=document.digest if document else None,
        agreement=agreement.payload_hash if agreement else None,
        reverses=booking.reverses.number if booking.reverses else None,
        previous=entry.previous_hash,
    )

"""Writing into the ledger: entries are only ever added (domain rules 10 to 12)."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure, ensure_standing
from app.core.events import publish
from app.taskforces.projects.models import Project
from app.taskforces.spending import policies, queries, words
from app.taskforces.spending.events import LedgerEntryMade
from app.taskforces.spending.models import LedgerEntry
from app.taskforces.spending.rules import EntryKind, why_not_enter


@dataclass(frozen=True, kw_only=True)
class EnterMoney:
    """What was promised or paid; an amount below zero takes an earlier entry back."""

    kind: EntryKind
    amount_cents: int
    on: date
    purpose: str
    counterparty: str | None


def allocate(project: Project, *, purpose: str, by_id: int | None) -> LedgerEntry:
    """Give a project, just opened, the money the count gave it; joins the transaction that opens it."""
    with transaction():
        entry = LedgerEntry(
            project_id=project.id,
            kind=EntryKind.ALLOCATE,
            amount_cents=project.allocated_cents,
            on=today(project.cycle.neighborhood.time_zone),
            purpose=purpose,
            entered_by_id=by_id,
            entered_at=now(),
        )
        return _made(entry, by_id)


def enter(project_id: int, command: EnterMoney, *, by: Actor) -> LedgerEntry:
    """Enter what was promised or paid, while the project's row is locked so that two entries cannot overshoot."""
    with transaction():
        project = locked(Project, project_id)
        if project is None:
            raise NotFound
        where = project.cycle.neighborhood
        ensure_standing(policies.may_enter(by, where.id), _("Only a clerk here can write into the ledger."))
        given = _("What the project was given is entered once, when it opens.")
        ensure(command.kind is not EntryKind.ALLOCATE, "given_once", given, field="kind")
        future = _("This day has not come yet.")
        ensure(command.on <= today(where.time_zone), "in_the_future", future, field="on")
        refusal = why_not_enter(queries.balance_of(project_id), command.kind, command.amount_cents)
        if refusal is not None:
            ensure(False, refusal.value, str(words.REFUSALS[refusal]), field="amount")
        entry = LedgerEntry(
            project_id=project.id,
            kind=command.kind,
            amount_cents=command.amount_cents,
            on=command.on,
            purpose=command.purpose,
            counterparty=command.counterparty,
            entered_by_id=by.id,
            entered_at=now(),
        )
        return _made(entry, by.id)


def _made(entry: LedgerEntry, by_id: int | None) -> LedgerEntry:
    db.session.add(entry)
    db.session.flush()
    publish(
        LedgerEntryMade(
            actor_id=by_id,
            entry_id=entry.id,
            project_id=entry.project_id,
            kind=entry.kind,
            amount_cents=entry.amount_cents,
        )
    )
    return entry

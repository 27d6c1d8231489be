"""The verbs of tie-outs: hold a month against the council's export, and explain where the two differ."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core import files
from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure, ensure_standing
from app.core.events import publish
from app.core.once import once
from app.taskforces.spending import policies
from app.taskforces.spending.models import PotAccount
from app.taskforces.spending.tie_outs import queries, words
from app.taskforces.spending.tie_outs.events import DifferenceExplained, LedgerTiedOut
from app.taskforces.spending.tie_outs.models import TieOut, TieOutDifference
from app.taskforces.spending.tie_outs.rules import (
    LONGEST_NAME,
    BadFile,
    Difference,
    FileFault,
    Reason,
    Row,
    Wrong,
    differences,
    month_of,
    rows_of,
)
from app.voting.roll.rules import tidy


class WrongRows(DomainError):
    """Some rows cannot be read, so nothing of the file is taken: `rows` are all of them, `good` how many others."""

    def __init__(self, rows: Sequence[Wrong], good: int) -> None:
        message = _("Some rows cannot be read, so nothing was taken. Correct them in the file and send it again.")
        super().__init__("wrong_rows", message)
        self.rows, self.good = rows, good


@dataclass(frozen=True, kw_only=True)
class HoldAgainst:
    """An export as it was sent, and the month it is of; `nothing` says that the council booked nothing in it."""

    month: date
    content: bytes
    file_name: str = ""
    nothing: bool = False


@dataclass(frozen=True, kw_only=True)
class Export:
    """An export that can be read: its rows, what it was called, and the SHA-256 of its bytes."""

    name: str | None
    digest: str
    rows: Sequence[Row]


@dataclass(frozen=True, kw_only=True)
class Explain:
    """Why the two books differ in one place."""

    reason: Reason
    explanation: str


def hold_against(cycle_id: int, command: HoldAgainst, *, key: str, by: Actor) -> int:
    """Hold a month of the ledger against the council's export of it; returns the id of the tie-out.

    All rows or none: raises WrongRows with the reason for each row that cannot be read. The export itself is kept, and
    what was explained of the same month before stays explained where nothing about it has changed.
    """
    month = month_of(command.month)
    rows = [] if command.nothing else _rows(command.content, month)
    digest = hashlib.sha256(command.content).hexdigest() if command.nothing else files.store(command.content)
    export = Export(name=tidy(command.file_name)[-LONGEST_NAME:] or None, digest=digest, rows=rows)
    return once(key, lambda: _held(cycle_id, month, export, by))


def explain(tie_out_id: int, position: int, command: Explain, *, by: Actor) -> None:
    """Say why the two books differ in one place; said again, the last word counts and the log keeps all."""
    with transaction():
        known = db.session.get(TieOut, tie_out_id)
        if known is None:
            raise NotFound
        _ensure_clerk(known.account, by)
        row = locked(TieOutDifference, (tie_out_id, position))
        if row is None:
            raise NotFound
        row.reason, row.explanation = command.reason, command.explanation
        row.explained_by_id, row.explained_at = by.id, now()
        publish(
            DifferenceExplained(
                actor_id=by.id, cycle_id=known.cycle_id, tie_out_id=tie_out_id, position=position, **vars(command)
            )
        )


def _rows(content: bytes, month: date) -> list[Row]:
    try:
        good, wrong = rows_of(content, month)
    except BadFile as reason:
        raise DomainError(reason.fault.value, str(words.FILES[FileFault(reason.fault)]), field="file") from reason
    if wrong:
        raise WrongRows(wrong, len(good))
    return good


def _held(cycle_id: int, month: date, export: Export, by: Actor) -> int:
    account = locked(PotAccount, cycle_id)
    if account is None:
        raise NotFound
    _ensure_clerk(account, by)
    _ensure_in_time(account, month)
    entries, before = queries.paid_in(cycle_id, month), _explained_before(cycle_id, month)
    row = TieOut(
        cycle_id=cycle_id,
        month=month,
        number=_next_number(cycle_id, month),
        file_hash=export.digest,
        file_name=export.name,
        rows=len(export.rows),
        ledger_cents=sum(entry.amount_cents for entry in entries),
        council_cents=sum(each.amount_cents for each in export.rows),
        ledger_head=account.head_hash,
        by_id=by.id,
        made_at=now(),
    )
    db.session.add(row)
    db.session.flush()
    found = differences(entries, export.rows)
    for position, each in enumerate(found, start=1):
        db.session.add(TieOutDifference(tie_out_id=row.id, position=position, **vars(each), **before.get(each, {})))
    open_cents = sum(each.cents for each in found if each not in before)
    publish(
        LedgerTiedOut(
            actor_id=by.id,
            cycle_id=cycle_id,
            tie_out_id=row.id,
            month=month,
            file_hash=export.digest,
            rows=len(export.rows),
            differences=len(found),
            unexplained_cents=open_cents,
        )
    )
    return row.id


def _ensure_in_time(account: PotAccount, month: date) -> None:
    future, past = _("This month has not begun yet."), _("The ledger begins after this month.")
    ensure(month <= today(account.cycle.neighborhood.time_zone), "in_the_future", future, field="month")
    ensure(month >= queries.first_month(account.cycle_id), "before_it", past, field="month")


def _next_number(cycle_id: int, month: date) -> int:
    query = sa.select(sa.func.max(TieOut.number)).where(TieOut.cycle_id == cycle_id, TieOut.month == month)
    return (db.session.scalar(query) or 0) + 1


def _explained_before(cycle_id: int, month: date) -> dict[Difference, dict[str, object]]:
    """What the last tie-out of the month had explained, by the difference it was about."""
    last = sa.select(sa.func.max(TieOut.id)).where(TieOut.cycle_id == cycle_id, TieOut.month == month)
    query = sa.select(TieOutDifference).where(
        TieOutDifference.tie_out_id == last.scalar_subquery(), TieOutDifference.reason.is_not(None)
    )
    about = ("kind", "reference", "entry_number", "ledger_cents", "council_cents")
    kept = ("reason", "explanation", "explained_by_id", "explained_at")
    return {
        Difference(**{name: getattr(row, name) for name in about}): {name: getattr(row, name) for name in kept}
        for row in db.session.scalars(query)
    }


def _ensure_clerk(account: PotAccount, by: Actor) -> None:
    allowed = policies.may_enter(by, account.cycle.neighborhood_id)
    ensure_standing(allowed, _("Only a clerk here holds the ledger against the council’s books."))

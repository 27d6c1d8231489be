"""Reading what a clerk has paid alone on a commitment, and how much of the threshold that leaves."""

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.clock import now
from app.core.db import db
from app.core.moments import day_in
from app.taskforces.spending import queries as ledger
from app.taskforces.spending.expenses.rules import WINDOW_DAYS, Alone, left_alone_cents, together_cents
from app.taskforces.spending.models import LedgerEntry
from app.taskforces.spending.rules import EntryKind


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """What a clerk may pay alone in a cycle, and what on this commitment counts together with one more payment."""

    alone_cents: int
    together_cents: int

    @property
    def left_cents(self) -> int:
        """How much may still be entered without signatures."""
        return left_alone_cents(self.alone_cents, self.together_cents)


def threshold(cycle_id: int, time_zone: str, commitment_id: int, *, on: date, today: date) -> Threshold:
    """How a payment of the day `on`, entered `today`, stands against the threshold of its cycle."""
    return Threshold(
        alone_cents=ledger.terms_of(cycle_id).alone_cents,
        together_cents=together_cents(_alone(commitment_id, on, time_zone), on=on, today=today),
    )


def _alone(commitment_id: int, on: date, time_zone: str) -> list[Alone]:
    """The payments on a commitment near a day, or entered lately, that nobody signed for and that stand."""
    back, window = aliased(LedgerEntry), timedelta(days=WINDOW_DAYS + 1)
    near = sa.and_(LedgerEntry.on > on - window, LedgerEntry.on < on + window)
    query = sa.select(LedgerEntry.amount_cents, LedgerEntry.on, LedgerEntry.entered_at).where(
        LedgerEntry.commitment_id == commitment_id,
        LedgerEntry.kind == EntryKind.EXPENSE,
        LedgerEntry.agreement_id.is_(None),
        ~sa.exists().where(back.reverses_id == LedgerEntry.id),
        sa.or_(near, LedgerEntry.entered_at > now() - window),
    )
    return [
        Alone(amount_cents=cents, on=paid_on, entered_on=day_in(time_zone, entered_at))
        for cents, paid_on, entered_at in db.session.execute(query)
    ]

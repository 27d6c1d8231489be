"""A project's money in the demo: promised, paid, and returned at the end, each signed where it must be."""

from collections.abc import Sequence
from typing import Any
from zlib import crc32

import sqlalchemy as sa

from app.core.access import Actor
from app.core.clock import today
from app.core.db import db
from app.demo.work.papers import paper
from app.demo.work.signing import both_sign
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.spending import queries as ledger
from app.taskforces.spending.commitments import services as commitments
from app.taskforces.spending.commitments.services import ChangePromise, PromiseMoney
from app.taskforces.spending.contracts import services as contracts
from app.taskforces.spending.contracts.services import LinkContract
from app.taskforces.spending.expenses import services as expenses
from app.taskforces.spending.expenses.services import Pay
from app.taskforces.spending.models import Commitment
from app.taskforces.spending.returns import services as returns
from app.taskforces.spending.returns.services import ReturnMoney

Payee = Sequence[Any]
"""What for, to whom, and which share of the project."""


class Purse:
    """What a clerk and the two co-chairs do with the money of one project."""

    def __init__(self, card: ProjectCard, clerk: Actor, chairs: tuple[Actor, Actor]) -> None:
        self.card, self.clerk, self.chairs = card, clerk, chairs

    def promise(self, payee: Payee) -> None:
        """Promise a payee's share in a contract that both sides sign."""
        what, whom, _share = payee
        command = PromiseMoney(
            counterparty=whom, amount_cents=self._cents(payee), purpose=what, paper=paper(f"Contract: {whom}")
        )
        self._signed(commitments.promise(self.card.id, command, key=self._key("promise", what), by=self.clerk))

    def publish(self, payee: Payee) -> None:
        """Say under which id the council has published the contract with a payee; the prefix is nobody's."""
        row = self._commitment(payee[0])
        command = LinkContract(ocid=f"ocds-000000-{self.card.year}-{row.id:04d}", url=None)
        contracts.link(row.id, command, key=self._key("publish", payee[0]), by=self.clerk)

    def pay(self, payee: Payee) -> None:
        """Pay what was promised, with an invoice; both sides sign where it is much."""
        what, whom, _share = payee
        row = self._commitment(what)
        command = Pay(
            amount_cents=row.amount_cents - row.spent_cents,
            on=today(self.card.time_zone),
            purpose=what,
            reference=f"F-{self.card.cycle_id}{row.id:04d}",
            paper=paper(f"Invoice: {whom}"),
        )
        if command.amount_cents and row.closed_on is None:
            paid = expenses.pay(row.id, command, key=self._key("pay", what), by=self.clerk)
            if paid.agreement_id is not None:
                self._signed(paid.agreement_id)

    def end(self, payee: Payee, reason: str) -> None:
        """End a commitment at what was paid of it."""
        row = self._commitment(payee[0])
        command = ChangePromise(amount_cents=row.spent_cents, reason=reason, ends=True)
        self._signed(commitments.change_promise(row.id, command, key=self._key("end", payee[0]), by=self.clerk))

    def close(self) -> None:
        """Return what was not spent."""
        if ledger.balance_of(self.card.id).unspent_cents:
            command = ReturnMoney(amount_cents=None, closing=True, reason="The project is completed.")
            self._signed(returns.return_money(self.card.id, command, key=self._key("close", ""), by=self.clerk))

    def _signed(self, agreement_id: int) -> None:
        both_sign(agreement_id, self.chairs)

    def _commitment(self, what: str) -> Commitment:
        query = sa.select(Commitment).where(Commitment.project_id == self.card.id, Commitment.purpose == what)
        return db.session.scalars(query.order_by(Commitment.id.desc()).limit(1)).one()

    def _cents(self, payee: Payee) -> int:
        return int(self.card.given_cents * payee[2]) // 100_00 * 100_00

    def _key(self, verb: str, what: str) -> str:
        return f"demo-{verb}-{self.card.id}-{crc32(what.encode())}"

"""`kill -9` between the last signature and the entry in the ledger: nothing is paid twice, and nothing is lost."""

from random import Random

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.clock import today
from app.core.db import db
from app.core.errors import DomainError
from app.taskforces.seats.rules import Side
from app.taskforces.signing import queries as agreements
from app.taskforces.signing import services as signing
from app.taskforces.signing.models import Agreement
from app.taskforces.signing.rules import Ending, Verdict
from app.taskforces.signing.services import Sign
from app.taskforces.spending import services as ledger
from app.taskforces.spending.chain import queries as chain
from app.taskforces.spending.commitments import services as commitments
from app.taskforces.spending.expenses import services as expenses
from app.taskforces.spending.models import LedgerEntry
from tests import make
from tests.killing import Moment, killed
from tests.sizes import size

CENTS = 100_00
STATEMENTS = size(commit=3, night=40)
"""At so many statements of a signature, drawn among all that it sends, the process dies."""
BEFORE = {
    "before the last signature": Moment(owner=signing, name="put"),
    "between the signature and the end of the agreement": Moment(owner=signing, name="settle"),
    "between the end of the agreement and the act": Moment(owner=signing, name="run"),
    "before the entry": Moment(owner=ledger, name="_book"),
    "between the entry and the commit": Moment(owner=sa.orm.Session, name="commit"),
}
AFTER = Moment(owner=sa.orm.Session, name="commit", is_after=True)
"""It is done, and nobody was told."""


class Desk:
    """A project with a commitment, its two chairs, and a clerk who pays nothing without them."""

    def __init__(self):
        body = make.task_force()
        self.ada, self.bo = (make.fresh(make.co_chair(body, side)) for side in Side)
        project, self.clerk = make.project(body=body), make.actor(Role.CLERK)
        self.project_id, self.cycle_id = project.id, project.cycle_id
        self.promise_id = make.commitment(project, 9_000_00).id
        ledger.set_terms(self.cycle_id, ledger.SetTerms(alone_cents=0, council_percent=50), by=self.clerk)

    def promise(self, key):
        told = {"counterparty": f"Lux {key}", "amount_cents": CENTS, "purpose": "A lamp post", "paper": make.paper()}
        return commitments.promise(self.project_id, commitments.PromiseMoney(**told), key=key, by=self.ada)

    def pay(self, key):
        told = {"amount_cents": CENTS, "on": today(), "purpose": key, "reference": None, "paper": make.paper()}
        return expenses.pay(self.promise_id, expenses.Pay(**told), key=key, by=self.clerk).agreement_id

    def sign(self, waits, who):
        seen = agreements.agreement(waits).hash
        return signing.sign(waits, Sign(verdict=Verdict.APPROVE, statement="", seen=seen), by=who)

    def half_signed(self, act, key):
        """What one side has signed and the other is about to sign; its id."""
        waits = act(self, key)
        self.sign(waits, self.ada)
        return waits

    def wrong(self, waits):
        """What does not fit together after a kill: the word of both sides, the entry, the log, the sums, the chain."""
        ending = db.session.scalar(sa.select(Agreement.ending).where(Agreement.id == waits))
        words = len(agreements.agreement(waits).signed)
        entries = db.session.scalars(sa.select(LedgerEntry).where(LedgerEntry.agreement_id == waits)).all()
        told = sa.select(sa.func.count()).where(AuditEntry.kind == "LedgerEntryMade")
        logged, kept = db.session.scalar(told), db.session.query(LedgerEntry).count()
        wanted = (2, 1) if ending is Ending.EXECUTED else (1, 0)
        found = [f"{ending}: {words} words, {len(entries)} entries"] if (words, len(entries)) != wanted else []
        found += ["the log"] if logged != kept else []
        return found + ([] if chain.checked(self.cycle_id).holds else ["the chain or a sum"])


ACTS = (Desk.promise, Desk.pay)


@pytest.mark.parametrize("act", ACTS)
def test_a_kill_before_the_commit_leaves_the_last_signature_unsigned_and_it_is_signed_again(app, act, figure):
    desk = Desk()
    for name, moment in BEFORE.items():
        waits = desk.half_signed(act, name)
        killed(lambda waits=waits: desk.sign(waits, desk.bo), at=moment)
        assert (agreements.agreement(waits).ending, desk.wrong(waits)) == (None, []), name
        assert desk.sign(waits, desk.bo) is Ending.EXECUTED and desk.wrong(waits) == [], name
    kind = f"kill -9 around a signature, {db.engine.dialect.name}"
    figure("T1", kind, size=f"{len(BEFORE)} moments, {len(ACTS)} acts", figure="nothing paid twice or lost")


@pytest.mark.soak
def test_a_kill_at_any_statement_of_a_signature_loses_nothing(app, statements, seed, figure):
    desk = Desk()
    waits = desk.half_signed(Desk.pay, "to the end")
    statements.clear()
    desk.sign(waits, desk.bo)
    sent = len(statements)
    steps = sorted(Random(seed).sample(range(1, sent), min(STATEMENTS, sent - 1)))
    for step in steps:
        waits = desk.half_signed(Desk.pay, f"to statement {step}")
        at = Moment(owner=db.engine.dialect, name="do_execute", call=step)
        killed(lambda waits=waits: desk.sign(waits, desk.bo), at=at)
        assert (agreements.agreement(waits).ending, desk.wrong(waits)) == (None, []), step
        assert desk.sign(waits, desk.bo) is Ending.EXECUTED and desk.wrong(waits) == [], step
    kind = f"kill -9 at a statement of a signature, {db.engine.dialect.name}"
    figure("T1", kind, size=f"{len(steps)} of {sent}", figure="nothing paid twice or lost")


@pytest.mark.parametrize("act", ACTS)
def test_a_kill_after_the_commit_has_done_it_once_and_it_cannot_be_signed_again(app, act):
    desk = Desk()
    waits = desk.half_signed(act, "told to nobody")
    killed(lambda: desk.sign(waits, desk.bo), at=AFTER)
    assert (agreements.agreement(waits).ending, desk.wrong(waits)) == (Ending.EXECUTED, [])
    with pytest.raises(DomainError) as refused:
        desk.sign(waits, desk.bo)
    assert refused.value.code == "ended" and desk.wrong(waits) == []


def small_payment(desk, key):
    told = {"on": today(), "purpose": "A lamp", "reference": None, "paper": make.paper()}
    return expenses.pay(desk.promise_id, expenses.Pay(amount_cents=CENTS, **told), key=key, by=desk.clerk).entry_id


def spent(desk, keys):
    """What is spent when a clerk's form is killed after its commit, and comes again, with these keys on it."""
    first, again = keys
    ledger.set_terms(desk.cycle_id, ledger.SetTerms(alone_cents=2 * CENTS, council_percent=50), by=desk.clerk)
    killed(lambda: small_payment(desk, first), at=AFTER)
    small_payment(desk, again)
    assert chain.checked(desk.cycle_id).holds
    return chain.replayed(desk.cycle_id).projects[desk.project_id].spent_cents


def test_a_payment_whose_answer_never_came_is_sent_again_and_paid_once(app):
    assert spent(Desk(), ("the form", "the form")) == CENTS


def test_the_check_notices_a_form_without_a_key(app):
    """The twin: what tells the second sending from a second payment is the key printed on the form."""
    assert spent(Desk(), ("one form", "another")) == 2 * CENTS


@pytest.mark.parametrize("act", ACTS)
def test_the_check_notices_a_commit_between_the_signature_and_the_entry(app, act, monkeypatch, figure):
    """The twin: signed by both sides, killed before the act, and never done."""
    honest = signing.run

    def committing(row, last_signer_id):
        db.session.commit()
        honest(row, last_signer_id)

    monkeypatch.setattr(signing, "run", committing)
    desk = Desk()
    waits = desk.half_signed(act, "a commit too many")
    killed(lambda: desk.sign(waits, desk.bo), at=BEFORE["before the entry"])
    assert desk.wrong(waits) == [f"{Ending.EXECUTED}: 2 words, 0 entries"]
    with pytest.raises(DomainError, match="settled already"):
        desk.sign(waits, desk.bo)
    kind = f"kill -9 around a signature, {db.engine.dialect.name}"
    figure("T1", kind, twin=f"a commit too many: {act.__name__} lost")

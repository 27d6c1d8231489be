"""Two hands on one agreement: it happens once, it expires or happens, and never is signed and not done."""

from io import BytesIO
from threading import Barrier

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.clock import today
from app.core.db import db, transaction
from app.taskforces.seats.rules import Side
from app.taskforces.signing import queries, services
from app.taskforces.signing.escalating import services as council
from app.taskforces.signing.models import Agreement, SignOff
from app.taskforces.signing.rules import Ending, Outcome
from tests import make, sent
from tests.proposals.said import all_at_once
from tests.taskforces.signing.words import WORD, proposed, word


def signing(waits, *chairs):
    """These sign, each in a window of their own."""
    command = word(waits)
    return [lambda who=who: services.sign(waits, command, by=who) for who in chairs]


def at_once(app, *verbs):
    db.session.rollback()
    return [str(getattr(each, "code", each)) for each in all_at_once(app, verbs)]


def test_two_who_sign_at_the_same_moment_make_it_happen_once(app, table):
    body, chairs, done = table
    waits = proposed(body, chairs[0])
    at_once(app, *signing(waits, *chairs))
    assert len(done) == 1 and queries.agreement(waits).ending is Ending.EXECUTED


def test_one_who_signs_in_two_windows_has_signed_once(app, table):
    body, (ada, _bo), _done = table
    waits = proposed(body, ada)
    assert "signed_already" in at_once(app, *signing(waits, ada, ada))
    assert len(queries.agreement(waits).signed) == 1


def test_at_midnight_it_happens_or_expires_and_not_both(app, table):
    body, (ada, bo), done = table
    waits, home = proposed(body, ada), body.neighborhood_id
    services.sign(waits, word(waits), by=ada)
    after = queries.agreement(waits).due_on.replace(year=2099)
    at_once(app, *signing(waits, bo), lambda: services.expire(home, after))
    ending = queries.agreement(waits).ending
    assert (ending, len(done)) in {(Ending.EXECUTED, 1), (Ending.EXPIRED, 0)}


def test_without_the_lock_it_ends_twice(app, table, monkeypatch):
    """The twin: both have read that it waits (on SQLite the writers' door keeps them apart anyway)."""
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite lets one writer in at a time whatever the code does")
    body, (ada, bo), _done = table
    waits, home, both = proposed(body, ada), body.neighborhood_id, Barrier(2, timeout=10)
    services.sign(waits, word(waits), by=ada)
    after = queries.agreement(waits).due_on.replace(year=2099)

    def unlocked(agreement_id):
        row = db.session.get_one(Agreement, agreement_id)
        both.wait()
        return row

    monkeypatch.setattr(services, "opened", unlocked)
    at_once(app, *signing(waits, bo), lambda: services.expire(home, after))
    ended = sa.select(sa.func.count()).where(AuditEntry.kind == "AgreementEnded")
    assert db.session.scalar(ended) == 2


def test_the_council_and_the_last_side_make_it_happen_once(app, table):
    body, (ada, bo), done = table
    waits, clerk = proposed(body, ada), make.actor(Role.CLERK)
    services.sign(waits, word(waits), by=ada)
    with transaction():
        db.session.get_one(Agreement, waits).due_on = today()
    council.ask(waits, WORD, by=ada)
    facts = {"decided_by": "City council", "decided_on": today(), "reference": "114", "explanation": WORD}
    decided = council.RecordDecision(outcome=Outcome.STANDS_IN, file=BytesIO(sent.photo()), **facts)
    at_once(app, *signing(waits, bo), lambda: council.record(waits, decided, key="k", by=clerk))
    assert len(done) == 1 and queries.agreement(waits).ending in {Ending.EXECUTED, Ending.OVERRIDDEN}


def another(waits, **change):
    """A second signature like the first, but for `change`."""
    first = db.session.execute(sa.select(SignOff.__table__).where(SignOff.agreement_id == waits)).mappings().one()
    return sa.insert(SignOff).values({**first, "id": first["id"] + 1, **change})


def test_one_person_signs_once_whatever_the_code_says(table):
    """The constraint under the rule: a second signature of the same person is refused by the database."""
    body, (ada, _bo), _done = table
    waits = proposed(body, ada)
    services.sign(waits, word(waits), by=ada)
    with pytest.raises(sa.exc.IntegrityError), transaction():
        db.session.execute(another(waits, side=Side.INSTITUTION))


def test_without_the_constraint_one_person_signs_for_both_sides(table):
    """The twin; taken back at once."""
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite cannot drop a constraint")
    body, (ada, _bo), _done = table
    waits = proposed(body, ada)
    services.sign(waits, word(waits), by=ada)
    statement = another(waits, side=Side.INSTITUTION)
    db.session.rollback()
    with db.engine.connect() as connection:
        connection.execute(sa.text("ALTER TABLE sign_off DROP CONSTRAINT uq_sign_off_agreement_id_person_id"))
        connection.execute(statement)
        signed = sa.select(sa.func.count()).select_from(SignOff).where(SignOff.person_id == ada.id)
        assert connection.scalar(signed) == 2
        connection.rollback()

"""T41: the audit log under sixteen writers, and under somebody who owns its database."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa

from app.audit import queries, services
from app.audit.models import AuditEntry
from app.audit.queries import Break, first_break
from app.core.db import db
from tests.audit.lamps import behind_its_back, light, restore_triggers
from tests.sizes import size

pytestmark = pytest.mark.soak

WRITERS = 16
EVENTS = size(commit=160, night=10_000)
TRIES = size(commit=3, night=28)
CHAIN = 30

SET = "UPDATE audit_entry SET {} WHERE sequence = {{n}}".format
DONE = {
    "body": (SET("body = replace(body, 'lamp_id\":', 'lamp_id\":9')"), "altered"),
    "hash": (SET("hash = '" + "f" * 64 + "'"), "altered"),
    "kind": (SET("kind = 'LampOut'"), "altered"),
    "actor": (SET("actor_id = 7"), "altered"),
    "moment": (SET("recorded_at = '2020-01-01 00:00:00.000000+00:00'"), "altered"),
    "lost": ("DELETE FROM audit_entry WHERE sequence = {n}", "missing"),
    "renumbered": ("UPDATE audit_entry SET sequence = 1000 + sequence WHERE sequence >= {n}", "missing"),
    "order": (
        SET("sequence = -1")
        + ";UPDATE audit_entry SET sequence = {n} WHERE sequence = {n} + 1"
        + ";UPDATE audit_entry SET sequence = {n} + 1 WHERE sequence = -1",
        "altered",
    ),
}
"""What is done to the entry number n, and what the check has to say of that number."""


@pytest.fixture
def chain(app):
    for number in range(CHAIN):
        light(1000 + number)
    kept = [dict(row) for row in db.session.execute(sa.select(AuditEntry.__table__)).mappings()]
    db.session.rollback()

    def whole_again():
        table = AuditEntry.__table__
        db.session.remove()
        behind_its_back("DELETE FROM audit_entry")
        with db.engine.begin() as connection:
            connection.execute(table.insert(), kept)

    yield whole_again
    if db.engine.dialect.name == "sqlite":
        restore_triggers()


def written_by_many(app):
    """Sixteen writers at once; how many of their events the database refused."""

    def write(number):
        with app.app_context():
            try:
                light(number)
            except sa.exc.DBAPIError:
                return 1
            return 0

    with ThreadPoolExecutor(WRITERS) as pool:
        return sum(pool.map(write, range(EVENTS)))


def test_sixteen_writers_make_one_chain_without_gaps(app, figure):
    refused, what = written_by_many(app), f"{WRITERS} writers, {db.engine.dialect.name}"
    figure("T41", what, size=f"{EVENTS:,} events", figure=f"{refused} refused")
    assert refused == 0 and first_break() is None
    count, last = db.session.execute(sa.select(sa.func.count(), sa.func.max(AuditEntry.sequence))).one()
    assert (count, last) == (EVENTS, EVENTS)


def test_the_check_notices_writers_who_do_not_wait(app, figure, monkeypatch):
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer at a time, whoever waits")
    monkeypatch.setattr(services, "_wait_for_the_chain", lambda: None)
    refused = written_by_many(app)
    figure("T41", f"{WRITERS} writers, postgresql", twin=f"nobody waits: {refused:,} of {EVENTS:,} refused")
    assert refused > 0


def missed(whole_again, chance):
    """The changes that the check did not name as they are."""
    wrong = []
    for done, (statement, reason) in DONE.items():
        for n in chance.sample(range(2, CHAIN), TRIES):
            db.session.remove()
            behind_its_back(*statement.format(n=n).split(";"))
            found = first_break()
            if found != Break(sequence=n, reason=reason):
                wrong.append((done, n, found))
            whole_again()
    assert first_break() is None
    return wrong


def test_whatever_is_changed_the_first_wrong_entry_is_named(chain, seed, figure):
    wrong = missed(chain, Random(seed))
    tried = f"{len(DONE)} changes at {TRIES} places"
    figure("T41", f"changed behind its back, {db.engine.dialect.name}", size=tried, figure=f"{len(wrong)} not named")
    assert wrong == []


def test_the_check_notices_columns_that_are_not_looked_at(chain, seed, figure, monkeypatch):
    monkeypatch.setattr(queries, "_says", lambda _entry: True)
    wrong = missed(chain, Random(seed))
    twin = f"columns not read: {len(wrong)} not named"
    figure("T41", f"changed behind its back, {db.engine.dialect.name}", twin=twin)
    assert {done for done, _n, _found in wrong} == {"kind", "actor", "moment"}


VERBS = ("UPDATE audit_entry SET body = ''", "DELETE FROM audit_entry", "TRUNCATE audit_entry")


@pytest.mark.parametrize("verb", VERBS)
def test_the_app_itself_can_change_nothing(chain, verb):
    if verb.startswith("TRUNCATE") and db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), db.engine.begin() as connection:
        connection.exec_driver_sql(verb)
    assert first_break() is None


def test_a_byte_changed_in_the_file_is_named(chain):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's own checksums are for its files")
    db.session.remove()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    db.engine.dispose()
    file = Path(db.engine.url.database)
    before = file.read_bytes()
    assert before.count(b'"lamp_id":1011') == 1
    file.write_bytes(before.replace(b'"lamp_id":1011', b'"lamp_id":1911'))
    assert first_break() == Break(sequence=12, reason="altered")
    db.session.remove()
    db.engine.dispose()
    file.write_bytes(before)
    assert first_break() is None

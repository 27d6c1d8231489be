"""The twin: a plain schema as one would write it, voter and ballot in one transaction; the kit must join everybody."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from app.core.db import db
from tests.privacy import votes
from tests.privacy.attacks import Verdict, attacked, verdicts
from tests.privacy.traces import Item, Side, Traces, read_bytes, read_tables, whose

CREATE = {
    "sqlite": "INTEGER PRIMARY KEY AUTOINCREMENT",
    "postgresql": "BIGSERIAL PRIMARY KEY",
}


@contextmanager
def schema() -> Iterator[None]:
    """Two ordinary tables, gone afterwards."""
    number = CREATE[db.engine.dialect.name]
    binary = "BLOB" if db.engine.dialect.name == "sqlite" else "BYTEA"
    with db.engine.begin() as connection:
        connection.execute(sa.text(f"CREATE TABLE naive_voter (number {number}, person_id INTEGER)"))
        connection.execute(sa.text(f"CREATE TABLE naive_ballot (id {number}, name {binary})"))
    try:
        yield
    finally:
        with db.engine.begin() as connection:
            for table in ("naive_voter", "naive_ballot"):
                connection.execute(sa.text(f"DROP TABLE {table}"))


def attacked_vote(voters: int) -> list[Verdict]:
    """A vote in the plain schema, and all that the kit makes of it."""
    start = votes.journal_start()
    people = votes.CHANCE.sample(range(10_000, 20_000), voters)
    truth: dict[Item, Item] = {person: votes.CHANCE.randbytes(16) for person in people}
    for person, ballot in truth.items():
        with db.engine.begin() as connection:
            connection.execute(sa.text("INSERT INTO naive_voter (person_id) VALUES (:p)"), {"p": person})
            connection.execute(sa.text("INSERT INTO naive_ballot (name) VALUES (:b)"), {"b": ballot})
    voters_side = Side({("person", person): person for person in truth}, voters)
    traces = Traces(voters=voters_side, ballots=Side(whose({each: each for each in truth.values()}), voters))
    traces.voters.note("the true order of casts", list(enumerate(truth)))
    for name, data in (*votes.journal(start), *votes.pages()):
        read_bytes(name, data, traces.ballots)
    with db.engine.connect() as connection:
        read_tables(connection, traces, frozenset({("naive_voter", "person_id")}))
    return verdicts([attacked(traces, truth)])

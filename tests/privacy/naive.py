"""The twin: a plain schema as one would write it, voter and ballot in one transaction; the kit must join everybody."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from app.core.db import db
from tests.privacy import votes
from tests.privacy.attacks import Verdict, attacked, verdicts
from tests.privacy.traces import Item, Side, Traces, read_bytes, read_folder, read_tables, read_text, whose

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


@dataclass
class Surroundings:
    """What a plain site writes beside its tables: a line in the access log, a file and a mail at every cast."""

    folder: Path
    log: list[str] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)

    def note(self, person: Item, ballot: Item) -> None:
        """What is written when somebody has cast."""
        self.log.append(f'{address(person)} - - "POST /cast HTTP/1.1" 302')
        self.mails.append(mailbox(person))
        (self.folder / "sent").mkdir(exist_ok=True)
        for name in (f"sent/{address(person)}", f"{ballot.hex()}.ballot"):  # type: ignore[attr-defined]
            (self.folder / name).write_bytes(b"")
            os.utime(self.folder / name, ns=(len(self.log), len(self.log)))  # a clock ticks too slowly for a test

    def read(self, traces: Traces, export: str) -> None:
        """The orders in all of it, and in the table that is published."""
        read_text("access log", "\n".join(self.log), traces.voters)
        read_text("mail queue", "\n".join(self.mails), traces.voters)
        read_text("export", export, traces.ballots)
        read_folder(self.folder, traces)


def address(person: Item) -> str:
    """The address from which somebody votes."""
    return f"10.0.{int(str(person)) // 250}.{int(str(person)) % 250:03}"


def mailbox(person: Item) -> str:
    """Where somebody's mail goes."""
    return f"voter{person}@example.org"


def attacked_vote(voters: int, folder: Path) -> list[Verdict]:
    """A vote in the plain schema, and all that the kit makes of it; `folder` is where the plain site keeps files."""
    around = Surroundings(folder)
    start = votes.journal_start()
    people = votes.CHANCE.sample(range(10_000, 20_000), voters)
    truth: dict[Item, Item] = {person: votes.CHANCE.randbytes(16) for person in people}
    for person, ballot in truth.items():
        with db.engine.begin() as connection:
            connection.execute(sa.text("INSERT INTO naive_voter (person_id) VALUES (:p)"), {"p": person})
            connection.execute(sa.text("INSERT INTO naive_ballot (name) VALUES (:b)"), {"b": ballot})
        around.note(person, ballot)
    named = {name(person): person for person in truth for name in (address, mailbox)}
    voters_side = Side({("person", person): person for person in truth} | named, voters)
    traces = Traces(voters=voters_side, ballots=Side(whose({each: each for each in truth.values()}), voters))
    traces.voters.note("the true order of casts", list(enumerate(truth)))
    for name, data in (*votes.journal(start), *votes.pages()):
        read_bytes(name, data, traces.ballots)
    with db.engine.connect() as connection:
        read_tables(connection, traces, frozenset({("naive_voter", "person_id")}))
        table = connection.execute(sa.text("SELECT id, name FROM naive_ballot ORDER BY id")).all()
    around.read(traces, "\n".join(f"{number},{bytes(name).hex()}" for number, name in table))
    return verdicts([attacked(traces, truth)])

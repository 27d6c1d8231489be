"""A vote whose truth is known, held by the services that residents use, and everything it leaves behind."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from random import SystemRandom
from typing import Any

import sqlalchemy as sa
from flask import current_app

from app.core import files
from app.core.db import Base, db
from app.voting import queries
from app.voting.ballots.queries import ready_token, served_token
from app.voting.counting.closed_set import from_bytes
from app.voting.counting.formats import pabulib
from app.voting.models import CountedBallot, Envelope, RollEntry, Vote
from app.voting.notices import services as notices
from app.voting.reconciling import queries as reconciling
from app.voting.results import exports
from app.voting.results import queries as results
from app.voting.sealing import count_sets, result_files
from tests import make
from tests.privacy.traces import Item, Side, Traces, read_bytes, read_folder, read_tables, read_text, whose
from tests.voting.ballots import box
from tests.voting.results import board
from tests.voting.trustees.holders import opened_at_home

OPTIONS, RANKS = 9, 5
CHANCE = SystemRandom()
RANKINGS = list(permutations(range(1, OPTIONS + 1), RANKS))
PEOPLE = frozenset(
    (table.name, column.name)
    for table in Base.metadata.sorted_tables
    for column in table.columns
    if any(key.column.table.name == "person" for key in column.foreign_keys)
)


@dataclass
class Held:
    """A vote that is over: who ranked what, in the order in which they cast."""

    cycle_id: int
    vote_id: bytes
    truth: dict[Item, Item]
    mailed: list[Item]
    """Whom the mails about their votes went to, in the order of the mail queue."""
    is_published: bool = False


def hold(voters: int) -> Held:
    """Everybody casts once in an order drawn by chance, with a ranking that nobody else has; then it is opened."""
    vote, roll = make.open_vote(voters=voters, options=OPTIONS, max_ranks=RANKS, pot_cents=1_000_000_00)
    order, mails = CHANCE.sample(roll, voters), current_app.extensions["mailman"]
    mails.outbox = []
    truth: dict[Item, Item] = dict(
        zip([voter.id for voter in order], CHANCE.sample(RANKINGS, voters), strict=True)
    )
    facts = queries.vote_facts(vote.cycle_id)
    for n, voter in enumerate(order):
        ready = ready_token(facts, served_token(facts, voter), voter)
        make.cast(vote, voter, truth[voter.id], token=ready)  # type: ignore[arg-type]
        if n == voters // 2:
            notices.tell(vote.id)
    notices.tell(vote.id)
    addresses = {make.account(voter).email: voter.id for voter in order}
    return Held(vote.cycle_id, vote.id, truth, [addresses[mail.to[0]] for mail in mails.outbox])


def opened(held: Held, *, published: bool = False) -> None:
    """Close the vote and open its envelopes; where it is to be `published` also count and certify it."""
    box.close(held.cycle_id)
    board.open_envelopes(held.cycle_id)
    if published:
        board.count(held.cycle_id)
        board.certify(held.cycle_id)
        held.is_published = True
    db.session.remove()


def ids(held: Held) -> dict[str, list[bytes]]:
    """Everything drawn by chance in a vote, in the order in which the database gives it."""
    mine = sa.select(RollEntry.id).where(RollEntry.vote_id == held.vote_id)
    envelopes = sa.select(Envelope).where(Envelope.roll_entry_id.in_(mine))
    columns = (Envelope.nonce, Envelope.leaf, Envelope.idempotency_key, Envelope.commitment)
    drawn = {str(column): envelopes.with_only_columns(column) for column in columns}
    for each in RollEntry, CountedBallot:
        drawn[str(each.id)] = sa.select(each.id).where(each.vote_id == held.vote_id)
    found = {name: list(db.session.scalars(query)) for name, query in drawn.items()}
    db.session.remove()
    return found


def sides(held: Held) -> Traces:
    """Which values belong to which voter and which ballot."""
    entries = {row.id: row.person_id for row in db.session.scalars(_of(RollEntry, held)) if row.person_id in held.truth}
    voter_values: dict[Any, Item] = {("person", person): person for person in held.truth} | dict(entries)
    envelopes = sa.select(Envelope).where(Envelope.roll_entry_id.in_(list(entries)))
    for row in db.session.scalars(envelopes):
        person = entries[row.roll_entry_id]
        voter_values |= {value: person for value in (row.leaf, row.nonce, row.idempotency_key, row.commitment)}
        voter_values[row.ciphertext] = person
    ballots = {row.id: ranking_of(row.ranking) for row in db.session.scalars(_of(CountedBallot, held))}
    db.session.remove()
    size = len(held.truth)
    assert set(ballots.values()) == set(held.truth.values())
    return Traces(voters=Side(whose(voter_values), size), ballots=Side(whose(ballots), size))


def traces(held: Held, log_start: Any) -> Traces:
    """Everything that can be read on this machine after the vote, and the true order of the casts for good measure."""
    found = sides(held)
    found.voters.note("the true order of casts", list(enumerate(held.truth)))
    found.voters.note("mail queue", list(enumerate(held.mailed)))
    found.ballots.note("closed set", list(enumerate(_closed_set(held))))
    read_ceremony(found, held)
    if held.is_published:
        read_published(found, held)
    read_machine(found, log_start)
    return found


def read_ceremony(found: Traces, held: Held) -> None:
    """The order in which the key holders get the envelopes, and the one in which their file gives the ballots back."""
    vote = queries.vote_facts(held.cycle_id)
    count_set, keys = reconciling.count_set(vote), queries.trustee_private_keys(vote.id)
    result = result_files.from_bytes(opened_at_home(count_sets.to_bytes(count_set), keys))
    db.session.remove()
    opened = [found.voters.whose[envelope.ciphertext] for envelope in count_set.envelopes]
    found.voters.note("count set", list(enumerate(opened)))
    found.ballots.note("result file", list(enumerate(result.rankings)))


def read_published(found: Traces, held: Held) -> None:
    """The orders in every file that everybody can take home."""
    vote, record = queries.vote_facts(held.cycle_id), results.certified(held.cycle_id)
    assert record is not None
    numbers = {option.code: option.number for option in queries.options(vote.id)}
    table = pabulib.read(exports.made("ballots.pb", vote, record)).vote
    codes = {option.number: numbers[option.id] for option in table.options}
    found.ballots.note(
        "ballots.pb", [(n, tuple(codes[each] for each in row if each)) for n, row in enumerate(table.ballots.tolist())]
    )
    for name in exports.on_offer(vote, record):
        content = exports.made(name, vote, record)
        for side in (found.voters, found.ballots):
            read_bytes(name, content, side)
            read_text(name, content.decode("latin-1"), side)
    db.session.remove()


def read_machine(found: Traces, log_start: Any) -> None:
    """The journal, the pages, every table and every file that the site keeps."""
    for name, data in journal(log_start):
        for side in (found.voters, found.ballots):
            read_bytes(name, data, side)
    for name, data in pages():
        for side in (found.voters, found.ballots):
            read_bytes(name, data, side)
    with db.engine.connect() as connection:
        read_tables(connection, found, PEOPLE)
    read_folder(current_app.config["DATA_DIR"], found)


def journal_start() -> Any:
    """From where on the journal belongs to the vote that begins now."""
    db.session.remove()
    if db.engine.dialect.name == "postgresql":
        with _superuser() as connection:
            return connection.execute(sa.text("SELECT pg_current_wal_lsn()::text")).scalar_one()
    with closing(sqlite3.connect(str(db.engine.url.database))) as raw:
        busy, _pages, _moved = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        assert not busy
    return None


def journal(start: Any) -> Iterator[tuple[str, bytes]]:
    """The write-ahead log since `start`."""
    if db.engine.dialect.name == "sqlite":
        yield "write-ahead log", Path(f"{db.engine.url.database}-wal").read_bytes()
        return
    with _superuser() as connection:
        folder = Path(connection.execute(sa.text("SHOW data_directory")).scalar_one()) / "pg_wal"
        named = "SELECT file_name, file_offset FROM pg_walfile_name_offset({})"
        name, offset = connection.execute(sa.text(named.format("CAST(:at AS pg_lsn)")), {"at": start}).one()
        last, end = connection.execute(sa.text(named.format("pg_current_wal_lsn()"))).one()
    segments = [path for path in sorted(folder.glob("0*")) if name <= path.name <= last]
    whole = b"".join(path.read_bytes() for path in segments)
    yield "write-ahead log", whole[offset : len(whole) - len(segments[-1].read_bytes()) + end]


def pages() -> Iterator[tuple[str, bytes]]:
    """The raw pages of the tables and their indexes, once all is written out."""
    if db.engine.dialect.name == "sqlite":
        journal_start()
        yield "database file", Path(str(db.engine.url.database)).read_bytes()
        return
    with _superuser() as connection:
        connection.execute(sa.text("CHECKPOINT"))
        folder = Path(connection.execute(sa.text("SHOW data_directory")).scalar_one())
        relations = sa.text(
            "SELECT relname, pg_relation_filepath(oid) FROM pg_class WHERE relkind IN ('r', 'i', 't')"
            " AND relname ~ '(envelope|roll_entry|counted_ballot|cast_notice|leaf|paper|naive)'"
        )
        for name, path in connection.execute(relations).all():
            yield f"pages of {name}", (folder / path).read_bytes()


@contextmanager
def _superuser() -> Iterator[sa.Connection]:
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection


def _of(model: Any, held: Held) -> Any:
    return sa.select(model).where(model.vote_id == held.vote_id)


def ranking_of(stored: bytes) -> tuple[int, ...]:
    """The ranking of a counted ballot."""
    pairs = [stored[at : at + 2] for at in range(0, len(stored), 2)]
    return tuple(number for number in (int.from_bytes(pair, "big") for pair in pairs) if number)


def _closed_set(held: Held) -> list[tuple[int, ...]]:
    stored = db.session.scalar(sa.select(Vote.closed_set_hash).where(Vote.id == held.vote_id))
    db.session.remove()
    assert stored is not None
    return [tuple(int(n) for n in row if n) for row in from_bytes(files.load(stored)).ballots]

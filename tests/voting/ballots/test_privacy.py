"""Who and what never meet: no path from a counted ballot to the roll, and nothing written at a cast knows the time."""

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.db import Base, db
from app.voting.models import CountedBallot, Envelope, RollEntry
from tests import make

COLUMNS = {
    RollEntry: {"id", "vote_id", "person_id", "listing_id", "source", "channel", "revision"},
    Envelope: {"roll_entry_id", "revision", "idempotency_key", "ciphertext", "commitment", "nonce", "leaf"},
    CountedBallot: {"id", "vote_id", "source", "ranking"},
}


def check_columns(table: sa.Table, expected: set[str]) -> None:
    assert set(table.columns.keys()) == expected
    moments = (sa.DateTime, sa.Date, sa.Time)
    assert not [c.name for c in table.columns if isinstance(getattr(c.type, "impl", c.type), moments)]


def paths_to_people(table: sa.Table) -> set[str]:
    """The tables one reaches from `table` by foreign keys, that of the vote left out."""
    reached, waiting = set(), [table]
    while waiting:
        for key in waiting.pop().foreign_keys:
            target = key.column.table
            if target.name not in reached | {"vote"}:
                reached.add(target.name)
                waiting.append(target)
    return reached


@pytest.mark.parametrize("kind", COLUMNS)
def test_roll_envelope_and_counted_ballot_have_these_columns_and_no_time(kind: type[Base]):
    check_columns(kind.__table__, COLUMNS[kind])


def test_the_check_notices_a_time():
    twin = Envelope.__table__.to_metadata(sa.MetaData())
    twin.append_column(sa.Column("cast_at", sa.DateTime))
    with pytest.raises(AssertionError):
        check_columns(twin, COLUMNS[Envelope] | {"cast_at"})


def test_no_foreign_key_leads_from_a_counted_ballot_to_a_person():
    assert paths_to_people(CountedBallot.__table__) == set()
    assert "person" in paths_to_people(Envelope.__table__)


def test_a_cast_writes_nothing_but_its_envelope_its_leaf_and_its_roll_entry(app, statements):
    vote, [voter] = make.open_vote()
    statements.clear()
    make.cast(vote, voter, [2, 1])
    written = sorted(
        s.split()[0] + " " + s.split()[2 if s.startswith("INSERT") else 1]
        for s in statements
        if not s.startswith("SELECT")
    )
    assert written == ["INSERT envelope", "INSERT pending_leaf", "UPDATE roll_entry"]


def test_a_cast_leaves_no_audit_entry_and_no_log_line(app, caplog, capsys):
    vote, [voter] = make.open_vote()
    before = db.session.scalar(sa.select(sa.func.count()).select_from(AuditEntry))
    capsys.readouterr()
    make.cast(vote, voter, [2, 1])
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AuditEntry)) == before
    assert (caplog.text, *capsys.readouterr()) == ("", "", "")


def test_the_ranking_is_in_no_column_of_any_table(app):
    vote, [voter] = make.open_vote(options=9)
    make.cast(vote, voter, [9, 7, 8])
    needles = (bytes([0, 9, 0, 7, 0, 8]), b"9, 7, 8", b"9,7,8")
    with db.engine.connect() as connection:
        rows = [row for table in db.metadata.sorted_tables for row in connection.execute(sa.select(table))]
    values = [v if isinstance(v, bytes) else str(v).encode() for row in rows for v in row]
    assert [v for v in values if any(needle in v for needle in needles)] == []


def test_casts_of_different_people_share_no_value(app):
    vote, voters = make.open_vote(voters=5)
    for voter in voters:
        make.cast(vote, voter, [1])
    rows = db.session.scalars(sa.select(Envelope)).all()
    for column in ("ciphertext", "commitment", "nonce", "leaf", "idempotency_key"):
        assert len({getattr(row, column) for row in rows}) == 5

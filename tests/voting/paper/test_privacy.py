"""Stub and slip never meet: no path between them, and nothing about a slip or a stub knows the time."""

import pytest
import sqlalchemy as sa

from app.voting.paper.models import PaperCheck, PaperEntry, PaperResolution, PaperSlip, PaperStub

COLUMNS = {
    PaperStub: {"id", "vote_id", "number", "stock_id", "roll_entry_id", "stage", "by_post", "note"},
    PaperSlip: {"id", "batch_id", "number"},
    PaperEntry: {"slip_id", "turn", "batch_id", "operator_id", "ranking", "rejected"},
    PaperResolution: {"slip_id", "turn", "batch_id", "operator_id", "ranking", "rejected"},
    PaperCheck: {"slip_id", "vote_id", "observer_id", "ranking", "rejected", "agrees"},
}
OF_VOTERS = {"roll_entry", "paper_stub", "envelope"}


def reached(table: sa.Table) -> set[str]:
    """The tables one reaches from `table` by foreign keys, whichever way they point, without going over the vote.

    A box, a printing and an account that counts belong to many ballots, so they lead to nobody.
    """
    keys = [key for each in table.metadata.tables.values() for key in each.foreign_keys]
    edges = {(key.parent.table.name, key.column.table.name) for key in keys}
    shared, found, waiting = {"vote", "paper_box", "paper_stock", "person"}, set(), [table.name]
    while waiting:
        here = waiting.pop()
        near = {a if b == here else b for a, b in edges if here in (a, b)} - shared - found
        found |= near
        waiting += near
    return found


def check_columns(table: sa.Table, expected: set[str]) -> None:
    assert set(table.columns.keys()) == expected
    moments = (sa.DateTime, sa.Date, sa.Time)
    assert not [c.name for c in table.columns if isinstance(getattr(c.type, "impl", c.type), moments)]


@pytest.mark.parametrize("kind", COLUMNS)
def test_stubs_slips_and_what_was_read_have_these_columns_and_no_time(kind):
    check_columns(kind.__table__, COLUMNS[kind])


@pytest.mark.parametrize("kind", COLUMNS)
def test_stubs_slips_and_what_was_read_are_kept_in_no_order(kind):
    assert kind.__table__.dialect_options["sqlite"]["with_rowid"] is False


def test_no_path_leads_from_a_slip_to_a_voter():
    assert reached(PaperSlip.__table__) & OF_VOTERS == set()
    assert "roll_entry" in reached(PaperStub.__table__)


def test_the_check_notices_a_slip_that_knows_its_stub():
    metadata = sa.MetaData()
    for table in PaperSlip.__table__.metadata.tables.values():
        table.to_metadata(metadata)
    metadata.tables["paper_slip"].append_column(sa.Column("stub_id", sa.ForeignKey("paper_stub.id")))
    assert "roll_entry" in reached(metadata.tables["paper_slip"])


def test_the_check_notices_a_time():
    twin = PaperEntry.__table__.to_metadata(sa.MetaData())
    twin.append_column(sa.Column("entered_at", sa.DateTime))
    with pytest.raises(AssertionError):
        check_columns(twin, COLUMNS[PaperEntry] | {"entered_at"})

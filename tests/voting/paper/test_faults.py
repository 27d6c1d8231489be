"""T42 through the services and both databases: each fault in the number of ballots blocks, and what blocks is named."""

import pytest
import sqlalchemy as sa

from app.core.access import Role
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.voting.models import RollEntry
from app.voting.paper import queries as paper
from app.voting.paper.entry import services as entry
from app.voting.paper.models import PaperSlip
from app.voting.paper.rules import Sum
from app.voting.rules import Channel
from tests import make
from tests.voting.paper.station import ON_SQLITE, batch, enter, entered_twice, returned

SAID = ["3 1"] * 12


def wrong(at):
    return {problem.sum for problem in paper.problems(at.vote_id)}


@pytest.mark.parametrize("slips", [11, 13])
def test_a_lost_ballot_and_one_too_many_block(app, slips):
    at = returned(12)
    entered_twice(at, batch(at, slips), ["3 1"] * slips)
    assert wrong(at) == {Sum.SLIPS}


@ON_SQLITE
def test_a_batch_bundled_twice_blocks_even_when_it_is_entered(app):
    at = returned(12)
    for of in (batch(at, 12), batch(at, 12)):
        entered_twice(at, of, SAID)
    assert wrong(at) == {Sum.SLIPS}


def test_slips_under_the_header_of_another_batch_cannot_be_entered(app):
    at, officer = returned(24), make.actor(Role.OFFICER)
    one, other = batch(at, 12), batch(at, 12)
    foreign = {slip.number for slip in other.slips} - {slip.number for slip in one.slips}
    for number in list(foreign)[:3]:
        with pytest.raises(DomainError, match="not in this batch"):
            entry.enter(at.cycle_id, one.id, f"{number} 3 1", by=officer)
    assert wrong(at) == {Sum.ENTRIES}


def test_a_batch_entered_by_one_account_only_blocks(app):
    at, officer = returned(12), make.actor(Role.OFFICER)
    of = batch(at, 12)
    enter(at, of, SAID, officer)
    with pytest.raises(DomainError, match="another turn"):
        entry.enter(at.cycle_id, of.id, f"{of.slips[0].number} 3 1", by=officer)
    assert wrong(at) == {Sum.ENTRIES}


def test_a_stub_whose_voter_is_marked_online_blocks(app):
    at = returned(12)
    entered_twice(at, batch(at, 12), SAID)
    entry_id = at.entries[0]
    with transaction():
        db.session.get_one(RollEntry, entry_id).revision = 1
        db.session.get_one(RollEntry, entry_id).channel = Channel.ONLINE
    assert wrong(at) == {Sum.ROLL, Sum.STUBS, Sum.SLIPS}


@ON_SQLITE
def test_a_voter_marked_as_returned_without_a_stub_blocks(app):
    at = returned(12)
    entered_twice(at, batch(at, 12), SAID)
    with transaction():
        db.session.execute(sa.text("DELETE FROM paper_stub WHERE number = 1"))
    assert Sum.ROLL in wrong(at)


@ON_SQLITE
def test_a_slip_more_than_the_header_says_blocks(app):
    at = returned(12)
    of = batch(at, 12)
    entered_twice(at, of, SAID)
    taken = {slip.number for slip in of.slips}
    with transaction():
        db.session.add(PaperSlip(batch_id=of.id, number=next(n for n in range(1000, 9999) if n not in taken)))
    assert wrong(at) == {Sum.HEADERS, Sum.SLIPS, Sum.ENTRIES}


@ON_SQLITE
def test_without_a_fault_nothing_blocks(app):
    at = returned(12)
    entered_twice(at, batch(at, 12), SAID)
    assert (wrong(at), len(paper.accepted_rankings(at.vote_id))) == (set(), 12)

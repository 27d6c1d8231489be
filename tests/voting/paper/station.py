"""A polling station for tests: a vote with a box and printed ballots, voters who return them, slips to enter.

What a test is not about is written as rows in one go, because every verb waits for the disk.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from app.core.access import Actor, Role
from app.core.db import db, transaction
from app.voting.board.rules import ActKind
from app.voting.models import RollEntry, Vote
from app.voting.paper import services as paper
from app.voting.paper.batches import services as batches
from app.voting.paper.batches.queries import BatchFacts
from app.voting.paper.batches.queries import batch as batch_facts
from app.voting.paper.desk import services as desk
from app.voting.paper.desk.services import IssuePaper
from app.voting.paper.entry.rules import Typed, typed
from app.voting.paper.models import PaperBox, PaperEntry, PaperSitting, PaperStock, PaperStub
from app.voting.paper.rules import StubStage, Turn
from app.voting.paper.services import AddBox, RecordPrinting
from app.voting.rules import Channel, VoteStage
from tests import make

ON_SQLITE = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
"""For what no lock, constraint or query of one database has a say in: half the time."""


@dataclass(frozen=True)
class Station:
    """An open vote with one box; the ids are kept, because threads cannot share rows."""

    cycle_id: int
    vote_id: bytes
    box_id: int
    stock_id: int
    roll: tuple[Actor, ...]
    clerk: Actor

    @property
    def entries(self) -> list[bytes]:
        """The entries of the roll, in the order of `roll`."""
        query = sa.select(RollEntry.person_id, RollEntry.id).where(RollEntry.vote_id == self.vote_id)
        found = {person_id: entry_id for person_id, entry_id in db.session.execute(query)}
        return [found[each.id] for each in self.roll]


def station(*, voters: int = 3, sheets: int = 20, options: int = 5) -> Station:
    """A vote that is open, and so many printed ballots in one box."""
    vote, roll = make.open_vote(voters=voters, options=options)
    clerk = make.actor(Role.CLERK)
    box = paper.add_box(vote.cycle_id, AddBox(name="Library"), by=clerk)
    printing = RecordPrinting(language="en", large_print=False, sheets=sheets)
    stock = paper.record_printing(vote.cycle_id, box.id, printing, by=clerk)
    return Station(vote.cycle_id, vote.id, box.id, stock.id, tuple(roll), clerk)


def hand_out(at: Station, voter: int, stub: int) -> None:
    """That ballot to that voter."""
    command = IssuePaper(entry_id=at.entries[voter], stub=stub, by_post=False)
    desk.issue(at.cycle_id, command, by=at.clerk)


def all_return(at: Station) -> None:
    """Everybody on the roll has taken a ballot and brought it back."""
    with transaction():
        for number, entry_id in enumerate(at.entries, start=1):
            facts = {"vote_id": at.vote_id, "stock_id": at.stock_id, "stage": StubStage.RETURNED, "by_post": False}
            db.session.add(PaperStub(number=number, roll_entry_id=entry_id, **facts))
            db.session.get_one(RollEntry, entry_id).channel = Channel.PAPER_RETURNED


def close(at: Station) -> None:
    """The vote has closed."""
    with transaction():
        db.session.get_one(Vote, at.vote_id).stage = VoteStage.CLOSED


def returned(voters: int, *, options: int = 5) -> Station:
    """A closed vote in which everybody voted on paper, with all that is counted by hand counted rightly."""
    at = station(voters=voters, sheets=voters + 3, options=options)
    all_return(at)
    close(at)
    with transaction():
        db.session.get_one(PaperStock, at.stock_id).spoiled = 1
        db.session.get_one(PaperStock, at.stock_id).unused = 2
        db.session.get_one(PaperBox, at.box_id).stubs_counted = voters
    return at


def batch(at: Station, size: int) -> BatchFacts:
    """A batch that two people have counted."""
    made = batches.count_batch(at.cycle_id, at.box_id, size, by=at.clerk)
    batches.confirm_batch(at.cycle_id, made.id, size, by=make.actor(Role.OFFICER))
    return batch_facts(at.vote_id, made.id)


def enter(at: Station, of: BatchFacts, said: Sequence[str], by: Actor) -> None:
    """One turn: what `by` reads on each slip, in order of their numbers."""
    turn = Turn.SECOND if batch_facts(at.vote_id, of.id).entered else Turn.FIRST
    with transaction():
        db.session.add(PaperSitting(batch_id=of.id, operator_id=by.id, turn=turn))
        db.session.flush()
        for slip, words in zip(of.slips, said, strict=True):
            read = typed(f"{slip.number} {words}", options=range(1, 100), max_ranks=9)
            assert isinstance(read, Typed)
            ranking = None if read.answer.ranking is None else list(read.answer.ranking)
            facts = {"slip_id": slip.id, "batch_id": of.id, "operator_id": by.id, "turn": turn}
            db.session.add(PaperEntry(ranking=ranking, rejected=read.answer.rejected, **facts))


def entered_twice(at: Station, of: BatchFacts, first: Sequence[str], second: Sequence[str] | None = None) -> None:
    """Both turns, by two officers."""
    enter(at, of, first, make.actor(Role.OFFICER))
    enter(at, of, second or first, make.actor(Role.OFFICER))


SEARCHED = "One slip of batch 1 missing; boxes and counting room searched on 4 May by two people."


def lost(slips: int, *, voters: int = 12) -> Station:
    """A closed vote in which everybody voted on paper, all is counted and entered, and so many slips were lost."""
    at = returned(voters)
    entered_twice(at, batch(at, voters - slips), ["1 2"] * (voters - slips))
    return at


def explained(at: Station, missing: int, *, kind: str = "slips", reason: str = SEARCHED) -> None:
    """Two members of the board agree on what is missing."""
    make.agreed(ActKind.EXPLAIN_DIFFERENCE, at.cycle_id, box=at.box_id, sum=kind, missing=missing, reason=reason)


def vote_row(at: Station) -> Vote:
    """The vote as it is now."""
    return db.session.get_one(Vote, at.vote_id)

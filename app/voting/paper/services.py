"""Boxes and stock: what was printed for which box, and what is left of it when the vote has closed."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure, ensure_standing
from app.core.events import publish
from app.voting import queries as votes
from app.voting.models import Vote
from app.voting.paper import policies
from app.voting.paper.events import BoxAdded, BoxesJoined, PrintingRecorded, StockCounted, StubsCounted
from app.voting.paper.models import PaperBatch, PaperBox, PaperStock
from app.voting.queries import VoteFacts
from app.voting.rules import VoteStage

BEFORE_THE_CLOSE = (VoteStage.FROZEN, VoteStage.OPEN)


@dataclass(frozen=True, kw_only=True)
class AddBox:
    """A ballot box by the name people give it."""

    name: str


@dataclass(frozen=True, kw_only=True)
class RecordPrinting:
    """So many sheets for a box."""

    language: str
    large_print: bool
    sheets: int


@dataclass(frozen=True, kw_only=True)
class CountStock:
    """What is left of a printing, counted by hand."""

    spoiled: int
    unused: int


def add_box(cycle_id: int, command: AddBox, *, by: Actor) -> PaperBox:
    """Another box; before the close only."""
    vote = _prepared(cycle_id, by)
    with transaction():
        locked(Vote, vote.id)
        ensure_stage(held_stage(vote.id), *BEFORE_THE_CLOSE)
        newest = db.session.scalar(sa.select(sa.func.max(PaperBox.number)).where(PaperBox.vote_id == vote.id))
        box = PaperBox(vote_id=vote.id, number=(newest or 0) + 1, name=command.name)
        db.session.add(box)
        db.session.flush()
        publish(BoxAdded(actor_id=by.id, cycle_id=cycle_id, box_id=box.id, name=box.name))
    return box


def record_printing(cycle_id: int, box_id: int, command: RecordPrinting, *, by: Actor) -> PaperStock:
    """Ballots printed for a box; their stubs go on from the highest number the vote has."""
    vote = _prepared(cycle_id, by)
    with transaction():
        locked(Vote, vote.id)
        ensure_stage(held_stage(vote.id), *BEFORE_THE_CLOSE)
        _box(vote, box_id)
        ends = sa.select(sa.func.max(PaperStock.first_stub + PaperStock.printed))
        first = db.session.scalar(ends.where(PaperStock.vote_id == vote.id)) or 1
        stock = PaperStock(
            vote_id=vote.id,
            box_id=box_id,
            language=command.language,
            large_print=command.large_print,
            first_stub=first,
            printed=command.sheets,
        )
        db.session.add(stock)
        db.session.flush()
        publish(
            PrintingRecorded(
                actor_id=by.id,
                cycle_id=cycle_id,
                box_id=box_id,
                stock_id=stock.id,
                language=command.language,
                large_print=command.large_print,
                first_stub=first,
                printed=command.sheets,
            )
        )
    return stock


def count_stock(cycle_id: int, stock_id: int, command: CountStock, *, by: Actor) -> PaperStock:
    """Write down how many sheets of a printing are spoiled and how many unused; a recount replaces it."""
    vote = handled(cycle_id, by)
    with transaction():
        ensure_stage(held_stage(vote.id), VoteStage.CLOSED)
        stock = locked(PaperStock, stock_id)
        if stock is None or stock.vote_id != vote.id:
            raise NotFound
        left = command.spoiled + command.unused
        message = _("Only %(printed)s sheets were printed.", printed=stock.printed)
        ensure(left <= stock.printed, "more_than_printed", message, field="unused")
        stock.spoiled, stock.unused = command.spoiled, command.unused
        publish(
            StockCounted(
                actor_id=by.id,
                cycle_id=cycle_id,
                stock_id=stock_id,
                spoiled=command.spoiled,
                unused=command.unused,
            )
        )
    return stock


def count_stubs(cycle_id: int, box_id: int, stubs: int, *, by: Actor) -> PaperBox:
    """Write down how many torn-off stubs came with a box; a recount replaces it."""
    vote = handled(cycle_id, by)
    with transaction():
        ensure_stage(held_stage(vote.id), VoteStage.CLOSED)
        box = _box(vote, box_id)
        box.stubs_counted = stubs
        publish(StubsCounted(actor_id=by.id, cycle_id=cycle_id, box_id=box_id, stubs=stubs))
    return box


def join_boxes(cycle_id: int, box_id: int, into_id: int, *, by: Actor) -> PaperBox:
    """Mix the slips of a box with those of another, before either has a batch. It cannot be undone, as with paper."""
    vote = _prepared(cycle_id, by)
    with transaction():
        ensure_stage(held_stage(vote.id), VoteStage.CLOSED)
        box, into = (_box(vote, each) for each in sorted((box_id, into_id)))
        box, into = (box, into) if box.id == box_id else (into, box)
        message = _("These two boxes cannot be joined: one of them is joined already.")
        ensure(box.joined_to_id is None and into.joined_to_id is None and box is not into, "joined", message)
        taken = sa.select(PaperBatch.id).where(PaperBatch.box_id.in_((box_id, into_id))).limit(1)
        message = _("Boxes are joined before their slips are bundled.")
        ensure(db.session.execute(taken).first() is None, "bundled", message)
        followers = sa.update(PaperBox).where(PaperBox.joined_to_id == box_id)
        db.session.execute(followers.values(joined_to_id=into_id))
        box.joined_to_id = into_id
        publish(BoxesJoined(actor_id=by.id, cycle_id=cycle_id, box_id=box_id, joined_to_id=into_id))
    return box


def handled(cycle_id: int, by: Actor) -> VoteFacts:
    """The vote, for a clerk or an officer of its neighborhood; anybody else is refused."""
    vote = votes.vote_facts(cycle_id)
    message = _("Only clerks and officers of this neighborhood handle its paper ballots.")
    ensure_standing(policies.may_handle(by, vote.cycle.neighborhood_id), message)
    return vote


def held_stage(vote_id: bytes) -> VoteStage:
    """Where the vote is, held against its close and its opening until the transaction ends."""
    return db.session.scalars(sa.select(Vote.stage).where(Vote.id == vote_id).with_for_update(read=True)).one()


def ensure_stage(stage: VoteStage, *needed: VoteStage) -> None:
    """Refuse what is not done at this stage of a vote."""
    if stage is VoteStage.FROZEN:
        message = _("The vote has not opened yet.")
    elif stage is VoteStage.OPEN:
        message = _("This is done once the vote has closed.")
    elif stage is VoteStage.CLOSED:
        message = _("The vote has closed, so this cannot be done any more.")
    else:
        message = _("The ballots are opened, and nothing about paper ballots changes any more.")
    ensure(stage in needed, "not_now", message)


def _prepared(cycle_id: int, by: Actor) -> VoteFacts:
    vote = votes.vote_facts(cycle_id)
    message = _("Only a clerk of this neighborhood can do this.")
    ensure_standing(policies.may_prepare(by, vote.cycle.neighborhood_id), message)
    return vote


def _box(vote: VoteFacts, box_id: int) -> PaperBox:
    box = locked(PaperBox, box_id)
    if box is None or box.vote_id != vote.id:
        raise NotFound
    return box

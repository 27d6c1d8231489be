"""Batches: a header by one person, the same count by another, then random numbers for the slips."""

from secrets import SystemRandom

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure, ensure_standing
from app.core.events import publish
from app.voting.models import Vote
from app.voting.paper import policies
from app.voting.paper.batches.events import BatchConfirmed, BatchCounted, BatchVoided
from app.voting.paper.models import PaperBatch, PaperBox, PaperSlip
from app.voting.paper.queries import marked
from app.voting.paper.rules import LARGEST_BATCH, SLIP_NUMBERS, SMALLEST_BATCH, may_be_this_small, slip_numbers
from app.voting.paper.services import ensure_stage, handled, held_stage
from app.voting.rules import VoteStage

CHANCE = SystemRandom()


def count_batch(cycle_id: int, box_id: int, size: int, *, by: Actor) -> PaperBatch:
    """Write the header of a new batch from a mixed pile; another person has to count the same."""
    vote = handled(cycle_id, by)
    with transaction():
        locked(Vote, vote.id)
        ensure_stage(held_stage(vote.id), VoteStage.CLOSED)
        _ensure_head(vote.id, box_id)
        newest = db.session.scalar(sa.select(sa.func.max(PaperBatch.number)).where(PaperBatch.vote_id == vote.id))
        batch = PaperBatch(
            vote_id=vote.id,
            box_id=box_id,
            number=(newest or 0) + 1,
            size=_ensured_size(vote.id, size),
            is_whole_vote=size < SMALLEST_BATCH,
            counted_by_id=by.id,
        )
        db.session.add(batch)
        db.session.flush()
        publish(BatchCounted(actor_id=by.id, cycle_id=cycle_id, batch=batch.number, box_id=box_id, size=size))
    return batch


def recount_batch(cycle_id: int, batch_id: int, size: int, *, by: Actor) -> PaperBatch:
    """Write a header anew after two counts differed; the second count is then another person's again."""
    vote = handled(cycle_id, by)
    with transaction():
        ensure_stage(held_stage(vote.id), VoteStage.CLOSED)
        batch = held_batch(vote.id, batch_id)
        ensure(batch.confirmed_by_id is None, "confirmed", _("Two people have counted this batch alike."))
        batch.size, batch.counted_by_id = _ensured_size(vote.id, size), by.id
        batch.is_whole_vote = size < SMALLEST_BATCH
        publish(BatchCounted(actor_id=by.id, cycle_id=cycle_id, batch=batch.number, box_id=batch.box_id, size=size))
    return batch


def confirm_batch(cycle_id: int, batch_id: int, size: int, *, by: Actor) -> PaperBatch:
    """The second count, by somebody who is not shown the first. If they agree, the slips get their random numbers."""
    vote = handled(cycle_id, by)
    with transaction():
        ensure_stage(held_stage(vote.id), VoteStage.CLOSED)
        batch = held_batch(vote.id, batch_id)
        if batch.confirmed_by_id is not None:
            return batch
        message = _("Somebody else has to count this batch a second time.")
        ensure(batch.counted_by_id != by.id, "same_person", message)
        message = _("The two counts differ. Count once more together, and write the header anew if it is wrong.")
        ensure(batch.size == size, "counts_differ", message, field="size")
        batch.confirmed_by_id = by.id
        numbers = slip_numbers(size, lambda: CHANCE.choice(SLIP_NUMBERS))
        db.session.add_all(PaperSlip(batch_id=batch.id, number=number) for number in numbers)
        publish(BatchConfirmed(actor_id=by.id, cycle_id=cycle_id, batch=batch.number, size=size))
    return batch


def void_batch(cycle_id: int, batch_id: int, reason: str, *, by: Actor) -> PaperBatch:
    """Take a batch apart that should not be there: bundled twice, or under the header of another. A clerk does it."""
    vote = handled(cycle_id, by)
    message = _("Only a clerk of this neighborhood can do this.")
    ensure_standing(policies.may_prepare(by, vote.cycle.neighborhood_id), message)
    with transaction():
        ensure_stage(held_stage(vote.id), VoteStage.CLOSED)
        batch = held_batch(vote.id, batch_id)
        batch.void_reason = reason
        publish(BatchVoided(actor_id=by.id, cycle_id=cycle_id, batch=batch.number, reason=reason))
    return batch


def held_batch(vote_id: bytes, batch_id: int) -> PaperBatch:
    """A batch that counts, locked until the transaction ends; a foreign one is not found, a void one refused."""
    batch = locked(PaperBatch, batch_id)
    if batch is None or batch.vote_id != vote_id:
        raise NotFound
    ensure(batch.void_reason is None, "void", _("This batch was taken apart."))
    return batch


def _ensure_head(vote_id: bytes, box_id: int) -> None:
    box = locked(PaperBox, box_id)
    if box is None or box.vote_id != vote_id:
        raise NotFound
    message = _("The slips of this box are mixed with those of another. Choose that one.")
    ensure(box.joined_to_id is None, "joined", message, field="box")


def _ensured_size(vote_id: bytes, size: int) -> int:
    if not 1 <= size <= LARGEST_BATCH:
        message = _("A batch holds 1 to %(most)s slips.", most=LARGEST_BATCH)
        raise DomainError("size", message, field="size")
    message = _(
        "A batch below %(least)s slips could show how somebody voted. Divide the pile differently, or join the box with"
        " another.",
        least=SMALLEST_BATCH,
    )
    ensure(may_be_this_small(size, whole_vote=marked(vote_id)), "too_small", message, field="size")
    return size

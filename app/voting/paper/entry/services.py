"""Entering slips: each account has one turn at a batch, the second is blind to the first, a third settles the rest."""

from collections.abc import Mapping

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.core.access import Actor
from app.core.db import db, transaction
from app.core.errors import DomainError, ensure
from app.core.events import publish
from app.voting import queries as votes
from app.voting.paper.batches import queries as batches
from app.voting.paper.batches.queries import BatchFacts
from app.voting.paper.batches.services import held_batch
from app.voting.paper.entry.events import SlipEntered, SlipSettled
from app.voting.paper.entry.rules import Typed, Unread, settles, typed
from app.voting.paper.models import PaperEntry, PaperResolution, PaperSitting
from app.voting.paper.queries import SlipAnswers
from app.voting.paper.rules import Answer, Turn, may_take
from app.voting.paper.services import ensure_stage, handled, held_stage
from app.voting.queries import VoteFacts
from app.voting.rules import VoteStage

REASONS: Mapping[Unread, LazyString] = {
    Unread.NO_SLIP: _l("Start with the four digits on the slip, then a space."),
    Unread.NOTHING: _l("Type the option numbers after the slip's number. For an empty slip type b."),
    Unread.NOT_NUMBERS: _l("After the slip's number come option numbers, or one letter: b, u, n, t or s."),
    Unread.TWICE: _l("An option stands there twice. On a ballot it counts once, at its best rank."),
    Unread.UNKNOWN_OPTION: _l("One of these numbers is no option of this vote."),
    Unread.TOO_LONG: _l("These are more options than a ballot can rank."),
}


def enter(cycle_id: int, batch_id: int, line: str, *, by: Actor) -> Typed:
    """Keep what `by` read on a slip, in the turn that is due; the first line of an account fixes its turn for good.

    The same line sent again changes nothing. Raises a refusal at the field `line`.
    """
    vote = handled(cycle_id, by)
    said = read_line(vote, line)
    with transaction():
        ensure_stage(held_stage(vote.id), VoteStage.CLOSED)
        held_batch(vote.id, batch_id)
        batch = batches.batch(vote.id, batch_id)
        turn = _take_turn(batch, by)
        slip = _slip(batch, said.slip)
        if (slip.first if turn is Turn.FIRST else slip.second) == said.answer:
            return said
        _keep(batch, slip, turn, said, by)
        publish(
            SlipEntered(actor_id=by.id, cycle_id=cycle_id, batch=batch.number, turn=turn.value, corrected=said.corrects)
        )
    return said


def settle(cycle_id: int, batch_id: int, line: str, *, again: str = "", by: Actor) -> Typed:
    """Keep what a third account read with the paper in hand, on a slip whose two entries differ.

    It decides where it agrees with one of them. Where it agrees with neither it has to be typed twice: `again` is the
    line typed before. Raises a refusal with code `neither` until then.
    """
    vote = handled(cycle_id, by)
    said, before = read_line(vote, line), _typed(vote, again)
    with transaction():
        ensure_stage(held_stage(vote.id), VoteStage.CLOSED)
        held_batch(vote.id, batch_id)
        batch = batches.batch(vote.id, batch_id)
        slip = _unlike(batch, said.slip)
        _ensure_third(batch, by)
        _ensure_settled(slip, said, before)
        _sit(batch, Turn.THIRD, by)
        db.session.add(
            PaperResolution(
                slip_id=slip.id,
                batch_id=batch.id,
                operator_id=by.id,
                turn=Turn.THIRD,
                ranking=_listed(said.answer),
                rejected=said.answer.rejected,
            )
        )
        publish(SlipSettled(actor_id=by.id, cycle_id=cycle_id, batch=batch.number))
    return said


def why_not_enter(batch: BatchFacts, mine: Turn | None) -> str | None:
    """Why somebody who has had the turn `mine` at a batch cannot enter its slips now; None where they can."""
    due = batch.open_turn
    if batch.void_reason is not None:
        return str(_("This batch was taken apart."))
    if not batch.is_confirmed:
        return str(_("Two people have to count this batch before its slips are entered."))
    if due is None or due is Turn.THIRD:
        return str(_("Every slip of this batch has been entered twice."))
    if not may_take(due, mine):
        return str(_("You had another turn at this batch. Somebody else enters the second."))
    return None


def read_line(vote: VoteFacts, line: str) -> Typed:
    said = _typed(vote, line)
    if isinstance(said, Unread):
        raise DomainError(said.value, str(REASONS[said]), field="line")
    return said


def _typed(vote: VoteFacts, line: str) -> Typed | Unread:
    numbers = [option.number for option in votes.options(vote.id)]
    return typed(line, options=numbers, max_ranks=vote.max_ranks)


def _take_turn(batch: BatchFacts, by: Actor) -> Turn:
    mine = batches.turn_of(batch.id, by.id)
    refusal = why_not_enter(batch, mine)
    due = batch.open_turn
    if refusal is not None or due is None:
        raise DomainError("not_your_turn", refusal or "")
    _sit(batch, due, by)
    return due


def _sit(batch: BatchFacts, turn: Turn, by: Actor) -> None:
    if batches.turn_of(batch.id, by.id) is None:
        db.session.add(PaperSitting(batch_id=batch.id, operator_id=by.id, turn=turn))
        db.session.flush()


def _slip(batch: BatchFacts, number: int) -> SlipAnswers:
    found = next((slip for slip in batch.slips if slip.number == number), None)
    if found is None:
        message = _("Slip %(number)s is not in this batch. Look at the digits, and at the batch header.", number=number)
        raise DomainError("foreign_slip", message, field="line")
    return found


def _keep(batch: BatchFacts, slip: SlipAnswers, turn: Turn, said: Typed, by: Actor) -> None:
    query = sa.select(PaperEntry).where(PaperEntry.slip_id == slip.id, PaperEntry.turn == turn)
    entry = db.session.scalar(query)
    message = _(
        "Slip %(number)s has been entered otherwise before. To replace your own entry, type = before the line.",
        number=slip.number,
    )
    ensure(entry is None or (said.corrects and entry.operator_id == by.id), "entered", message, field="line")
    if entry is None:
        entry = PaperEntry(slip_id=slip.id, turn=turn, batch_id=batch.id, operator_id=by.id)
        db.session.add(entry)
    entry.ranking, entry.rejected = _listed(said.answer), said.answer.rejected


def _unlike(batch: BatchFacts, number: int) -> SlipAnswers:
    slip = _slip(batch, number)
    message = _("The two entries of slip %(number)s do not differ.", number=number)
    ensure(slip in batch.unlike, "alike", message, field="line")
    return slip


def _ensure_third(batch: BatchFacts, by: Actor) -> None:
    message = _("You entered slips of this batch. Somebody else has to look at what differs.")
    ensure(may_take(Turn.THIRD, batches.turn_of(batch.id, by.id)), "not_your_turn", message)


def _ensure_settled(slip: SlipAnswers, said: Typed, before: Typed | Unread) -> None:
    again = before.answer if isinstance(before, Typed) and before.slip == said.slip else None
    assert slip.first is not None and slip.second is not None
    message = _("That is neither of the two entries. Look at the slip once more and type it again.")
    ensure(settles(said.answer, first=slip.first, second=slip.second, again=again), "neither", message, field="line")


def _listed(answer: Answer) -> list[int] | None:
    return None if answer.ranking is None else list(answer.ranking)

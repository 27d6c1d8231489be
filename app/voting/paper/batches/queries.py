"""Reading batches: how far each is, who has which turn, and the numbers of its slips."""

from dataclasses import dataclass
from hashlib import sha256

import sqlalchemy as sa

from app.core.db import db
from app.core.errors import NotFound
from app.voting.paper.models import PaperBatch, PaperBox, PaperSitting
from app.voting.paper.queries import SlipAnswers, answers
from app.voting.paper.rules import Turn, differ


@dataclass(frozen=True, kw_only=True)
class BatchFacts:
    """A batch and how far its slips are. `size` is on the header; a second counter must not be shown it."""

    id: int
    number: int
    box_id: int
    box: str
    size: int
    counted_by_id: int
    is_confirmed: bool
    void_reason: str | None
    slips: tuple[SlipAnswers, ...]

    @property
    def entered(self) -> int:
        """Slips entered in the first turn."""
        return sum(slip.first is not None for slip in self.slips)

    @property
    def entered_again(self) -> int:
        """Slips entered in the second turn."""
        return sum(slip.second is not None for slip in self.slips)

    @property
    def open_turn(self) -> Turn | None:
        """The turn that is due; None before the header is confirmed and when every slip is decided."""
        if not self.slips or self.void_reason is not None:
            return None
        if self.entered < len(self.slips):
            return Turn.FIRST
        if self.entered_again < len(self.slips):
            return Turn.SECOND
        return Turn.THIRD if self.unlike else None

    @property
    def unlike(self) -> list[SlipAnswers]:
        """Slips whose two entries differ and that nobody has looked at a third time; known once both turns are over."""
        if not self.is_entered_twice:
            return []
        return [slip for slip in self.slips if differ(slip.first, slip.second) and slip.third is None]

    @property
    def is_entered_twice(self) -> bool:
        """Whether both turns are over; nothing is told of what agrees before, so that the second stays blind."""
        return bool(self.slips) and self.entered_again == len(self.slips)

    @property
    def accepted(self) -> int:
        """Slips that give a ballot, once both turns are over."""
        return sum(slip.decided is not None and slip.decided.ranking is not None for slip in self._told)

    @property
    def rejected(self) -> int:
        """Slips that give none, once both turns are over."""
        return sum(slip.decided is not None and slip.decided.rejected is not None for slip in self._told)

    @property
    def _told(self) -> tuple[SlipAnswers, ...]:
        return self.slips if self.is_entered_twice else ()

    def waiting(self, turn: Turn) -> list[int]:
        """Numbers of the slips not entered in this turn; the second comes in another order than the first."""
        left = [slip for slip in self.slips if (slip.first if turn is Turn.FIRST else slip.second) is None]
        return [slip.number for slip in sorted(left, key=lambda slip: sha256(slip.id + turn.value.encode()).digest())]


def batches(vote_id: bytes) -> list[BatchFacts]:
    """All batches of a vote in order of their numbers, in two statements."""
    return _batches(vote_id)


def batch(vote_id: bytes, batch_id: int) -> BatchFacts:
    """One batch of a vote; NotFound for any other."""
    found = _batches(vote_id, batch_id)
    if not found:
        raise NotFound
    return found[0]


def turn_of(batch_id: int, person_id: int) -> Turn | None:
    """The turn somebody has taken at a batch; None before they have entered anything."""
    query = sa.select(PaperSitting.turn).where(PaperSitting.batch_id == batch_id, PaperSitting.operator_id == person_id)
    return db.session.scalar(query)


def _batches(vote_id: bytes, batch_id: int | None = None) -> list[BatchFacts]:
    slips: dict[int, list[SlipAnswers]] = {}
    for slip in answers(vote_id, batch_id=batch_id):
        slips.setdefault(slip.batch_id, []).append(slip)
    query = sa.select(PaperBatch, PaperBox.name).join(PaperBox, PaperBox.id == PaperBatch.box_id)
    query = query.where(PaperBatch.vote_id == vote_id).order_by(PaperBatch.number)
    if batch_id is not None:
        query = query.where(PaperBatch.id == batch_id)
    return [
        BatchFacts(
            id=row.id,
            number=row.number,
            box_id=row.box_id,
            box=name,
            size=row.size,
            counted_by_id=row.counted_by_id,
            is_confirmed=row.confirmed_by_id is not None,
            void_reason=row.void_reason,
            slips=tuple(slips.get(row.id, ())),
        )
        for row, name in db.session.execute(query)
    ]

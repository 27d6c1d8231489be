"""Reading the sample: what is drawn, what is left to check, and how many errors were found."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.core.db import db
from app.voting.paper.checks.rules import drawn
from app.voting.paper.models import PaperBatch, PaperCheck, PaperSample, PaperSlip
from app.voting.paper.queries import SlipAnswers, answer_of, answers
from app.voting.paper.rules import Answer


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A slip of the sample; `found` is None until it has been checked."""

    batch: int
    slip: SlipAnswers
    found: Answer | None
    agrees: bool | None


@dataclass(frozen=True, kw_only=True)
class SampleFacts:
    """The sample of a vote."""

    seed: str
    share_percent: int
    slips: tuple[Drawn, ...]

    @property
    def left(self) -> list[Drawn]:
        """Slips that have not been checked."""
        return [each for each in self.slips if each.agrees is None]

    @property
    def errors(self) -> list[Drawn]:
        """Slips on which the paper says something else."""
        return [each for each in self.slips if each.agrees is False]


def sample(vote_id: bytes) -> SampleFacts | None:
    """The sample of a vote; None before it is drawn."""
    row = db.session.get(PaperSample, vote_id)
    if row is None:
        return None
    number_of = numbers(vote_id)
    slips = {(number_of[slip.batch_id], slip.number): slip for slip in answers(vote_id)}
    chosen = drawn(slips, row.size, vote_id=vote_id, seed=row.seed)
    checks = {check.slip_id: check for check in _checks(vote_id)}
    return SampleFacts(
        seed=row.seed,
        share_percent=row.share_percent,
        slips=tuple(_drawn(place[0], slips[place], checks.get(slips[place].id)) for place in chosen),
    )


def numbers(vote_id: bytes) -> dict[int, int]:
    """The number of each batch by its id."""
    query = sa.select(PaperBatch.id, PaperBatch.number).where(PaperBatch.vote_id == vote_id)
    return {batch_id: number for batch_id, number in db.session.execute(query)}


def size(vote_id: bytes) -> int:
    """How many slips there are to draw from."""
    counts = (PaperBatch.vote_id == vote_id, PaperBatch.void_reason.is_(None))
    query = sa.select(sa.func.count()).select_from(PaperSlip).join(PaperBatch, PaperBatch.id == PaperSlip.batch_id)
    return db.session.execute(query.where(*counts)).scalar_one()


def _checks(vote_id: bytes) -> list[PaperCheck]:
    return list(db.session.scalars(sa.select(PaperCheck).where(PaperCheck.vote_id == vote_id)))


def _drawn(batch: int, slip: SlipAnswers, check: PaperCheck | None) -> Drawn:
    return Drawn(
        batch=batch,
        slip=slip,
        found=None if check is None else answer_of(check.ranking, check.rejected),
        agrees=None if check is None else check.agrees,
    )

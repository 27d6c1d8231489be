"""Reading which proposals cannot both be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.core.errors import NotFound
from app.proposals import words
from app.proposals.clashes.models import Clash
from app.proposals.clashes.rules import GOING_ON, Pair, both_on_ballot
from app.proposals.models import Proposal
from app.proposals.rules import Stage, code


@dataclass(frozen=True, kw_only=True)
class Named:
    """A proposal of a pair."""

    id: int
    code: str
    title: str
    stage: Stage


@dataclass(frozen=True, kw_only=True)
class ClashFacts:
    """Two proposals that cannot both be done: why, who says so, and why it was lifted if it was."""

    id: int
    cycle_id: int
    first: Named
    second: Named
    reason: str
    officer: str
    flagged_at: datetime
    lifted_reason: str | None
    lifted_by: str | None
    lifted_at: datetime | None

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to decide: it was lifted, or one of the two does not go on."""
        return self.lifted_at is not None or not {self.first.stage, self.second.stage} <= GOING_ON

    def other(self, proposal_id: int) -> Named:
        """The one of the two that is not this proposal."""
        return self.second if self.first.id == proposal_id else self.first


def of_proposal(proposal_id: int) -> list[ClashFacts]:
    """Everything that was ever flagged about a proposal, the newest first."""
    mine = sa.or_(Clash.first_id == proposal_id, Clash.second_id == proposal_id)
    return _found(_READ.where(mine).order_by(Clash.id.desc()))


def clash(clash_id: int) -> ClashFacts:
    """One of them; NotFound where there is none."""
    found = _found(_READ.where(Clash.id == clash_id))
    if not found:
        raise NotFound
    return found[0]


def unsettled(cycle_id: int, feasible: Sequence[int]) -> list[ClashFacts]:
    """The pairs of a cycle that would both stand on a ballot of these proposals."""
    standing = _found(_READ.where(Clash.cycle_id == cycle_id, Clash.lifted_at.is_(None)).order_by(Clash.id))
    pairs = {Pair(first_id=each.first.id, second_id=each.second.id): each for each in standing}
    return [pairs[pair] for pair in both_on_ballot(pairs, feasible)]


_READ = sa.select(Clash).options(
    joinedload(Clash.cycle),
    joinedload(Clash.first),
    joinedload(Clash.second),
    joinedload(Clash.flagged_by),
    joinedload(Clash.lifted_by),
)


def _found(query: sa.Select[Clash]) -> list[ClashFacts]:
    return [_facts(row) for row in db.session.scalars(query)]


def _facts(row: Clash) -> ClashFacts:
    return ClashFacts(
        id=row.id,
        cycle_id=row.cycle_id,
        first=_named(row.first, row.cycle.year),
        second=_named(row.second, row.cycle.year),
        reason=row.reason,
        officer=row.flagged_by.public_name,
        flagged_at=row.flagged_at,
        lifted_reason=row.lifted_reason,
        lifted_by=row.lifted_by.public_name if row.lifted_by else None,
        lifted_at=row.lifted_at,
    )


def _named(row: Proposal, year: int) -> Named:
    title = words.shown_title(row.title, row.stage)
    return Named(id=row.id, code=code(year, row.number or 0), title=title, stage=row.stage)

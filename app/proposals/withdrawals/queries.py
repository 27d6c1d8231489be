"""Reading what is left of a proposal that was withdrawn, and for oversight what it said."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.core.access import Actor
from app.core.db import db
from app.core.errors import NotFound, ensure_standing
from app.proposals import policies, words
from app.proposals import queries as proposals
from app.proposals.desk.models import PaperForm
from app.proposals.queries import ProposalDetail
from app.proposals.supports.models import Support
from app.proposals.withdrawals.models import Withdrawal


@dataclass(frozen=True, kw_only=True)
class Tombstone:
    """What is said of a proposal that was withdrawn; `was_supported` is about its viewer alone."""

    by_author: bool
    on_paper: bool
    """Whether the office did it, as its author asked for on a signed paper."""
    reason: str | None
    was_supported: bool
    may_read: bool


def of_proposal(proposal: ProposalDetail, viewer: Actor | None) -> Tombstone:
    """What is left of a withdrawn proposal for its viewer."""
    row, paper = db.session.get(Withdrawal, proposal.id), db.session.get(PaperForm, proposal.id)
    own = sa.exists().where(Support.proposal_id == proposal.id, Support.person_id == (viewer.id if viewer else 0))
    return Tombstone(
        by_author=row is None or row.person_id == proposal.author_id,
        on_paper=paper is not None and paper.taken_back_on is not None,
        reason=row.reason if row is not None else None,
        was_supported=viewer is not None and bool(db.session.scalar(sa.select(own))),
        may_read=_may_read(proposal, viewer),
    )


def kept(proposal_id: int, viewer: Actor) -> ProposalDetail:
    """A withdrawn proposal with its words, for its author and for oversight; NotFound where none was withdrawn."""
    proposal = proposals.detail(proposal_id, viewer, kept=True)
    if not proposal.is_gone:
        raise NotFound
    ensure_standing(_may_read(proposal, viewer), str(words.KEPT_FROM))
    return proposal


def _may_read(proposal: ProposalDetail, viewer: Actor | None) -> bool:
    return policies.may_read_withdrawn(
        viewer, author_id=proposal.author_id, neighborhood_id=proposal.neighborhood_id
    )

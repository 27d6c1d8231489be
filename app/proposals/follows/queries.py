"""Reading follows: whether oneself follows, what somebody follows, and who is to be told of a proposal."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.access import Actor
from app.core.db import db
from app.core.paging import Page
from app.proposals import queries as proposals
from app.proposals.follows.models import Follow
from app.proposals.models import Proposal
from app.proposals.queries import ProposalCard, ProposalDetail
from app.proposals.rules import LEFT
from app.proposals.supports.models import Support


@dataclass(frozen=True, kw_only=True)
class FollowFacts:
    """What a proposal's page says about following it; its author hears of it anyhow."""

    can_be_followed: bool
    is_given: bool


def of_proposal(proposal: ProposalDetail, viewer: Actor | None) -> FollowFacts:
    """Whether a proposal can be followed by its viewer, and whether it is."""
    offered = bool(proposal.code) and not proposal.is_own and proposal.stage not in LEFT
    own = sa.exists().where(Follow.proposal_id == proposal.id, Follow.person_id == (viewer.id if viewer else 0))
    is_given = viewer is not None and bool(db.session.scalar(sa.select(own)))
    return FollowFacts(can_be_followed=offered, is_given=is_given)


def mine(person_id: int, *, page: int = 1) -> Page[ProposalCard]:
    """Everything somebody follows, what they followed last first."""
    query = sa.select(Proposal.id).join(Follow, Follow.proposal_id == Proposal.id)
    query = query.where(Follow.person_id == person_id, Proposal.number.is_not(None)).order_by(Follow.id.desc())
    return proposals.in_full(query, page)


def followers(proposal_id: int) -> set[int]:
    """The ids of everybody with an account who follows a proposal."""
    return _people(sa.select(Follow.person_id).where(Follow.proposal_id == proposal_id))


def supporters(proposal_id: int) -> set[int]:
    """The ids of everybody with an account who supports a proposal; nobody else ever reads them."""
    return _people(sa.select(Support.person_id).where(Support.proposal_id == proposal_id))


def _people(ids: sa.Select[int]) -> set[int]:
    return set(db.session.scalars(sa.select(Person.id).where(Person.id.in_(ids), Person.active)))

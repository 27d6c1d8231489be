"""Reading supports: how many, and whether oneself is among them."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.core.access import Actor
from app.core.db import db
from app.cycles.models import Cycle
from app.proposals.queries import ProposalDetail
from app.proposals.rules import WhyShut
from app.proposals.supports import policies
from app.proposals.supports.models import Support


@dataclass(frozen=True, kw_only=True)
class SupportFacts:
    """The supports of a proposal as its page shows them; `count` is None where the number is not shown."""

    count: int | None
    is_hidden: bool
    shut: WhyShut | None
    may_support: bool
    is_given: bool


def of_proposal(proposal: ProposalDetail, viewer: Actor | None) -> SupportFacts:
    """How many support a proposal (None where it is not said), and what its viewer may do."""
    own = sa.exists().where(Support.proposal_id == proposal.id, Support.person_id == (viewer.id if viewer else 0))
    found = db.session.execute(sa.select(Cycle.hides_supports, own).where(Cycle.id == proposal.cycle_id)).one()
    return SupportFacts(
        count=proposal.supports,
        is_hidden=found[0],
        shut=proposal.shut,
        may_support=viewer is not None and policies.may_support(viewer, proposal.neighborhood_id),
        is_given=found[1],
    )

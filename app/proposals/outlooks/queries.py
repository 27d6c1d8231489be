"""Reading outlooks: the newest of each proposal."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.core.access import Actor
from app.core.db import db
from app.proposals.outlooks import policies
from app.proposals.outlooks.models import Outlook
from app.proposals.outlooks.rules import may_be_said
from app.proposals.queries import ProposalDetail


@dataclass(frozen=True, kw_only=True)
class OutlookFacts:
    """When it would be built, and who would lead it, as everybody may read it."""

    proposal_id: int
    starts_on: date
    ends_on: date
    lead: str
    said_at: datetime


@dataclass(frozen=True, kw_only=True)
class Expected:
    """The outlook of one proposal for one viewer, and whether they may say another."""

    outlook: OutlookFacts | None
    may_say: bool


def newest(proposal_ids: Collection[int]) -> dict[int, OutlookFacts]:
    """The outlook that counts of each of these proposals that has one, in one statement."""
    last = sa.select(sa.func.max(Outlook.id)).where(Outlook.proposal_id.in_(proposal_ids)).group_by(Outlook.proposal_id)
    columns = (Outlook.proposal_id, Outlook.starts_on, Outlook.ends_on, Outlook.lead, Outlook.said_at)
    rows = db.session.execute(sa.select(*columns).where(Outlook.id.in_(last)))
    return {row.proposal_id: OutlookFacts(**row._mapping) for row in rows}


def expected(proposal: ProposalDetail, viewer: Actor | None) -> Expected:
    """What a proposal's page says of its outlook."""
    may = policies.may_say(
        viewer,
        author_id=proposal.author_id,
        neighborhood_id=proposal.neighborhood_id,
        co_authors=[each.id for each in proposal.co_authors],
    )
    return Expected(
        outlook=newest([proposal.id]).get(proposal.id),
        may_say=may and may_be_said(proposal.stage, proposal.cycle_stage),
    )

"""Reading where proposals are: one with its map, and the marks of a page of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.core.access import Actor
from app.core.db import db
from app.core.paging import Page
from app.places.queries import AreaFacts, areas
from app.proposals.queries import ProposalCard, ProposalDetail
from app.proposals.spots.models import ExactSpot, ProposalSpot
from app.proposals.spots.policies import may_see_exact
from app.proposals.spots.rules import Spot, Where, has_map

PAGE_SIZE = 25
"""Proposals on a page of the map: so many numbers can still be told apart."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A proposal on the map of a list: the number it has there, and its spot where everybody may see one."""

    number: int
    card: ProposalCard
    spot: Spot | None


@dataclass(frozen=True, kw_only=True)
class PlaceFacts:
    """Where a proposal is. `exact` is the spot of a private address, and None for all but officers."""

    kind: Where | None
    point: Spot | None
    exact: Spot | None
    said_at: datetime | None
    areas: tuple[AreaFacts, ...]

    @property
    def has_map(self) -> bool:
        """Whether there is anything to draw it on."""
        return has_map(self.areas)


def place_of(proposal: ProposalDetail, viewer: Actor | None) -> PlaceFacts:
    """Where a proposal is, in two statements; a third for officers, and only about a private address."""
    row = db.session.execute(sa.select(*_SHOWN).where(ProposalSpot.proposal_id == proposal.id)).first()
    kind = row.kind if row else None
    sees_exact = kind is Where.AREA and may_see_exact(viewer, proposal.neighborhood_id)
    return PlaceFacts(
        kind=kind,
        point=_spot(row) if row and row.longitude is not None else None,
        exact=_exact(proposal.id) if sees_exact else None,
        said_at=row.said_at if row else None,
        areas=tuple(areas(proposal.neighborhood_id)),
    )


def marks(page: Page[ProposalCard]) -> list[Mark]:
    """The proposals of a page of a list as a map numbers them, in one statement."""
    found = points([card.id for card in page.items])
    return [Mark(number=n, card=c, spot=found.get(c.id)) for n, c in enumerate(page.items, start=page.first)]


def points(proposal_ids: Collection[int]) -> Mapping[int, Spot]:
    """The spots that everybody may see, by proposal."""
    shown = ProposalSpot.longitude.is_not(None)
    query = sa.select(*_SHOWN).where(ProposalSpot.proposal_id.in_(proposal_ids), shown)
    return {row.proposal_id: _spot(row) for row in db.session.execute(query)}


def keeps_exact(proposal_id: int) -> bool:
    """Whether officers know more exactly where it is than is shown."""
    query = sa.select(ExactSpot.proposal_id).where(ExactSpot.proposal_id == proposal_id)
    return db.session.scalar(query) is not None


_SHOWN = (
    ProposalSpot.proposal_id,
    ProposalSpot.kind,
    ProposalSpot.longitude,
    ProposalSpot.latitude,
    ProposalSpot.said_at,
)


def _exact(proposal_id: int) -> Spot | None:
    query = sa.select(ExactSpot.longitude, ExactSpot.latitude).where(ExactSpot.proposal_id == proposal_id)
    row = db.session.execute(query).first()
    return _spot(row) if row else None


def _spot(row: sa.Row[*tuple[object, ...]]) -> Spot:
    return Spot(longitude=row.longitude, latitude=row.latitude)

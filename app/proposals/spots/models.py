"""Where proposals are: what everybody may see, and apart from it the spots that only officers may."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, words
from app.places.models import Area
from app.proposals.models import Proposal
from app.proposals.spots.rules import Where

ON_THE_GLOBE = "longitude BETWEEN -180 AND 180 AND latitude BETWEEN -90 AND 90"


class ProposalSpot(Model):
    """How a proposal says where it is, for everybody; its area and its words stand in the proposal itself."""

    __tablename__ = "proposal_spot"
    __table_args__ = (
        sa.CheckConstraint(
            "(kind = 'point') = (longitude IS NOT NULL) AND (kind = 'point') = (latitude IS NOT NULL)",
            name="only_a_point_has_degrees",
        ),
        sa.CheckConstraint("(kind IN ('point', 'area')) = (area_id IS NOT NULL)", name="on_the_map_in_an_area"),
        sa.CheckConstraint(ON_THE_GLOBE, name="on_the_globe"),
    )
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey(Proposal.id), primary_key=True, autoincrement=False)
    kind: Mapped[Where] = mapped_column(words(Where, "kind_known"))
    area_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Area.id))
    """The area that held the spot when it was marked; the proposal's own may be changed with its words."""
    longitude: Mapped[float | None] = mapped_column(sa.Double)
    latitude: Mapped[float | None] = mapped_column(sa.Double)
    said_at: Mapped[datetime]


class ExactSpot(Model):
    """The spot of a private address, for officers only; `queries.place_of` is the one that shows it."""

    __tablename__ = "exact_spot"
    __table_args__ = (sa.CheckConstraint(ON_THE_GLOBE, name="on_the_globe"),)
    proposal_id: Mapped[int] = mapped_column(
        sa.ForeignKey(ProposalSpot.proposal_id), primary_key=True, autoincrement=False
    )
    longitude: Mapped[float] = mapped_column(sa.Double)
    latitude: Mapped[float] = mapped_column(sa.Double)

"""The texts of a proposal as the public has read them, one row for each, never edited."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, append_only
from app.cycles.priorities.models import Priority
from app.places.models import Area, Category
from app.proposals.models import Proposal


class ProposalRevision(Model):
    """A proposal as its author sent it or left it after an edit, numbered from 1."""

    __tablename__ = "proposal_revision"
    __table_args__ = (
        sa.UniqueConstraint("proposal_id", "number"),
        sa.CheckConstraint("number >= 1", name="counted_from_one"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    number: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    """Who wrote it; None where the clock did."""
    written_at: Mapped[datetime]
    changed: Mapped[str] = mapped_column(sa.String(200))
    """What its author says has changed; may be empty."""
    title: Mapped[str] = mapped_column(sa.String(120))
    summary: Mapped[str] = mapped_column(sa.Text)
    need: Mapped[str] = mapped_column(sa.Text)
    place: Mapped[str] = mapped_column(sa.String(200))
    gains: Mapped[str | None] = mapped_column(sa.Text)
    """Who would gain; None where that was not asked yet, as in `helpers`."""
    helpers: Mapped[str | None] = mapped_column(sa.Text)
    category_id: Mapped[int] = mapped_column(sa.ForeignKey("category.id"))
    area_id: Mapped[int | None] = mapped_column(sa.ForeignKey("area.id"))
    watches_people: Mapped[bool]
    estimate: Mapped[list[list[str | int]]] = mapped_column(sa.JSON)
    """The lines in order, each as what for and how many cents."""
    proposal: Mapped[Proposal] = relationship()
    person: Mapped[Person | None] = relationship()
    priority_id: Mapped[int | None] = mapped_column(sa.ForeignKey("priority.id"))
    category: Mapped[Category] = relationship()
    priority: Mapped[Priority | None] = relationship()
    area: Mapped[Area | None] = relationship()


append_only(ProposalRevision)

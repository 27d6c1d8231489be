"""Stories made from finished milestones."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model
from app.taskforces.projects.models import Milestone
from app.taskforces.updates.pictures.models import UpdatePicture

STANDS = "taken_down_at IS NULL"


class MilestoneStory(Model):
    """What a finished milestone means to those who live there; one for each milestone, until it is taken down."""

    __tablename__ = "milestone_story"
    __table_args__ = (
        sa.CheckConstraint("(quote IS NULL) = (quoted IS NULL)", name="quote_of_somebody"),
        sa.CheckConstraint("quote IS NULL OR quote_agreed", name="quoted_with_consent"),
        sa.CheckConstraint(
            "(taken_down_at IS NULL) = (taken_down_reason IS NULL)"
            " AND (taken_down_at IS NULL OR (length(before) = 0 AND length(after) = 0 AND quote IS NULL))",
            name="taken_down_without_its_words",
        ),
        sa.Index(
            "uq_milestone_story_one_that_stands",
            "milestone_id",
            unique=True,
            sqlite_where=sa.text(STANDS),
            postgresql_where=sa.text(STANDS),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    milestone_id: Mapped[int] = mapped_column(sa.ForeignKey("milestone.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    title: Mapped[str] = mapped_column(sa.String(120))
    before: Mapped[str] = mapped_column(sa.Text)
    after: Mapped[str] = mapped_column(sa.Text)
    who: Mapped[str] = mapped_column(sa.Text)
    quote: Mapped[str | None] = mapped_column(sa.Text)
    quoted: Mapped[str | None] = mapped_column(sa.String(120))
    """Who says it, in the words they agreed to, such as “a neighbor from Mill Lane”."""
    quote_agreed: Mapped[bool]
    before_picture_id: Mapped[int | None] = mapped_column(sa.ForeignKey("update_picture.id"))
    after_picture_id: Mapped[int | None] = mapped_column(sa.ForeignKey("update_picture.id"))
    published_at: Mapped[datetime]
    taken_down_at: Mapped[datetime | None]
    taken_down_reason: Mapped[str | None] = mapped_column(sa.Text)
    milestone: Mapped[Milestone] = relationship()
    person: Mapped[Person] = relationship()
    before_picture: Mapped[UpdatePicture | None] = relationship(foreign_keys=[before_picture_id])
    after_picture: Mapped[UpdatePicture | None] = relationship(foreign_keys=[after_picture_id])

"""An interest that somebody with a seat has declared."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, never_deleted, words
from app.taskforces.interests.rules import Effect
from app.taskforces.organizations.models import Organization
from app.taskforces.projects.models import Project


class Interest(Model):
    """Somebody with a seat is close to a project or an organization. It can end; it never goes."""

    __tablename__ = "interest"
    __table_args__ = (
        sa.CheckConstraint("(project_id IS NULL) <> (organization_id IS NULL)", name="in_a_project_or_an_organization"),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_it_starts"),
        sa.CheckConstraint("length(trim(text)) > 0", name="says_what_it_is"),
        sa.Index("ix_interest_person_id", "person_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    project_id: Mapped[int | None] = mapped_column(sa.ForeignKey("project.id"))
    organization_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))
    text: Mapped[str] = mapped_column(sa.Text)
    effect: Mapped[Effect] = mapped_column(words(Effect, "effect_known"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    declared_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    declared_at: Mapped[datetime]
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    project: Mapped[Project | None] = relationship()
    organization: Mapped[Organization | None] = relationship()


never_deleted(Interest)

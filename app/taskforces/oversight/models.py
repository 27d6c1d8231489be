"""Statements of overseers and the replies to them; neither is ever edited."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, append_only
from app.places.models import Neighborhood
from app.taskforces.models import TaskForce
from app.taskforces.projects.models import Project


class OversightStatement(Model):
    """What an overseer found, and what they recommend, about a project, a task force or a neighborhood."""

    __tablename__ = "oversight_statement"
    __table_args__ = (
        sa.CheckConstraint("project_id IS NULL OR task_force_id IS NULL", name="about_one_thing"),
        sa.CheckConstraint("(recommendation IS NULL) = (reply_due_on IS NULL)", name="a_recommendation_is_replied_to"),
        sa.CheckConstraint("address LIKE 'https://%' OR address LIKE 'http://%'", name="address_of_the_web"),
        sa.Index("ix_oversight_statement_neighborhood_id", "neighborhood_id"),
        sa.Index("ix_oversight_statement_project_id", "project_id"),
        sa.Index("ix_oversight_statement_task_force_id", "task_force_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    neighborhood_id: Mapped[int] = mapped_column(sa.ForeignKey("neighborhood.id"))
    project_id: Mapped[int | None] = mapped_column(sa.ForeignKey("project.id"))
    task_force_id: Mapped[int | None] = mapped_column(sa.ForeignKey("task_force.id"))
    title: Mapped[str] = mapped_column(sa.String(160))
    text: Mapped[str] = mapped_column(sa.Text)
    recommendation: Mapped[str | None] = mapped_column(sa.Text)
    address: Mapped[str | None] = mapped_column(sa.String(300))
    """Where the whole report can be read, if there is one."""
    reply_due_on: Mapped[date | None]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    published_at: Mapped[datetime]
    neighborhood: Mapped[Neighborhood] = relationship()
    project: Mapped[Project | None] = relationship()
    task_force: Mapped[TaskForce | None] = relationship()
    person: Mapped[Person] = relationship()


class OversightReply(Model):
    """The one reply to a recommendation, by a co-chair of the task force concerned or the clerk."""

    __tablename__ = "oversight_reply"
    statement_id: Mapped[int] = mapped_column(
        sa.ForeignKey("oversight_statement.id"), primary_key=True, autoincrement=False
    )
    text: Mapped[str] = mapped_column(sa.Text)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    replied_at: Mapped[datetime]
    person: Mapped[Person] = relationship()


append_only(OversightStatement)
append_only(OversightReply)

"""Which organizations stand behind a project, from when to when."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, never_deleted, words
from app.taskforces.projects.models import Project
from app.taskforces.projects.partners.rules import PartnerRole


class Partner(Model):
    """An organization in one role of a project; who has left stays on record."""

    __tablename__ = "partner"
    __table_args__ = (
        sa.CheckConstraint("until_on >= since_on", name="ends_after_it_began"),
        sa.Index("ix_partner_project_id", "project_id"),
        sa.Index(
            "uq_partner_one_lead",
            "project_id",
            unique=True,
            sqlite_where=sa.text("role = 'lead' AND until_on IS NULL"),
            postgresql_where=sa.text("role = 'lead' AND until_on IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id))
    name: Mapped[str] = mapped_column(sa.String(160))
    role: Mapped[PartnerRole] = mapped_column(words(PartnerRole, "role_known"))
    since_on: Mapped[date]
    until_on: Mapped[date | None]


never_deleted(Partner)

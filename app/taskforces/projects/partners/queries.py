"""Reading the partners of a project."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.core.db import db
from app.taskforces.projects.models import Project
from app.taskforces.projects.partners.models import Partner
from app.taskforces.projects.partners.rules import PartnerRole


@dataclass(frozen=True, kw_only=True)
class PartnerRow:
    """An organization in a role; `until_on` is None while it holds it."""

    id: int
    name: str
    role: PartnerRole
    since_on: date
    until_on: date | None


@dataclass(frozen=True, kw_only=True)
class Behind:
    """Who stands behind a project: who manages it, who is a partner now, and who was."""

    manager: str | None
    partners: tuple[PartnerRow, ...]
    former: tuple[PartnerRow, ...]


def behind(project_id: int) -> Behind:
    """Who stands behind a project, the lead first."""
    order = list(PartnerRole)
    query = sa.select(Partner).where(Partner.project_id == project_id).order_by(Partner.since_on, Partner.id)
    rows = [
        PartnerRow(id=row.id, name=row.name, role=row.role, since_on=row.since_on, until_on=row.until_on)
        for row in db.session.scalars(query)
    ]
    rows.sort(key=lambda row: order.index(row.role))
    return Behind(
        manager=db.session.scalar(sa.select(Project.manager).where(Project.id == project_id)),
        partners=tuple(row for row in rows if row.until_on is None),
        former=tuple(row for row in rows if row.until_on is not None),
    )

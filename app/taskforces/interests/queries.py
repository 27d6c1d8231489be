"""Reading declared interests: for everybody, and who may therefore not sign or vote."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.core.db import db
from app.core.errors import NotFound
from app.taskforces.interests.models import Interest
from app.taskforces.interests.rules import Declared, Effect, Matter, recuses
from app.taskforces.organizations.models import Organization
from app.taskforces.projects.models import Project
from app.taskforces.projects.partners.models import Partner
from app.taskforces.spending.models import Commitment, LedgerEntry


@dataclass(frozen=True, kw_only=True)
class InterestRow:
    """A declared interest as everybody reads it; the name of the person comes from their seat."""

    id: int
    declared: Declared
    project: str | None
    text: str

    @property
    def about(self) -> str:
        """What the interest is in."""
        return self.project or self.declared.organization or ""


def interests(person_ids: Collection[int]) -> list[InterestRow]:
    """What these people have declared, those that last first, the newest first."""
    found = _rows(Interest.person_id.in_(person_ids)) if person_ids else []
    return sorted(found, key=lambda row: row.declared.ends_on is not None)


def interest(interest_id: int) -> InterestRow:
    """One declared interest; NotFound where there is none."""
    found = _rows(Interest.id == interest_id)
    if not found:
        raise NotFound
    return found[0]


def recused(
    person_ids: Collection[int], on: date, *, project_id: int | None, organization_ids: Collection[int] = ()
) -> frozenset[int]:
    """Who of these people may neither sign nor vote about a project, or a payment to these organizations (rule 3)."""
    if not person_ids or (project_id is None and not organization_ids):
        return frozenset()
    mine = sa.and_(Interest.person_id.in_(person_ids), Interest.effect == Effect.RECUSE)
    declared = [row.declared for row in _rows(mine)]
    if not declared:
        return frozenset()
    names = _organizations_in(project_id) if project_id is not None else frozenset()
    matter = Matter(project_id=project_id, names=names, organization_ids=frozenset(organization_ids))
    return frozenset(each.person_id for each in declared if recuses(each, matter, on))


def _organizations_in(project_id: int) -> frozenset[str]:
    """The names of who leads a project, takes part in it, or was promised or paid money of it."""
    found: sa.CompoundSelect[str | None] = sa.union(
        sa.select(Project.lead).where(Project.id == project_id),
        sa.select(Partner.name).where(Partner.project_id == project_id, Partner.until_on.is_(None)),
        sa.select(Commitment.counterparty).where(Commitment.project_id == project_id),
        sa.select(LedgerEntry.counterparty).where(LedgerEntry.project_id == project_id),
    )
    return frozenset(name for name in db.session.scalars(found) if name)


def _rows(condition: sa.ColumnElement[bool]) -> list[InterestRow]:
    query = (
        sa.select(Interest, Project.title, Organization.name)
        .outerjoin(Project, Project.id == Interest.project_id)
        .outerjoin(Organization, Organization.id == Interest.organization_id)
        .where(condition)
        .order_by(Interest.starts_on.desc(), Interest.id.desc())
    )
    return [
        InterestRow(
            id=row.id,
            text=row.text,
            project=project,
            declared=Declared(
                person_id=row.person_id,
                project_id=row.project_id,
                organization_id=row.organization_id,
                organization=organization,
                effect=row.effect,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
            ),
        )
        for row, project, organization in db.session.execute(query)
    ]

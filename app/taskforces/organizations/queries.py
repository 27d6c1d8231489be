"""Reading the organizations of a neighborhood."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import Page, page_of
from app.taskforces.organizations.models import Organization
from app.taskforces.organizations.rules import OrganizationKind

PAGE_SIZE = 50


@dataclass(frozen=True, kw_only=True)
class OrganizationFacts:
    """An organization; `contact` is for clerks only."""

    id: int
    neighborhood_id: int
    name: str
    kind: OrganizationKind
    contact: str | None


def organizations(neighborhood_id: int) -> list[OrganizationFacts]:
    """Every organization of a neighborhood by name, to choose from."""
    return [_facts(row) for row in db.session.scalars(_of(neighborhood_id))]


def page(neighborhood_id: int, *, number: int = 1) -> Page[OrganizationFacts]:
    """The organizations of a neighborhood by name, in pages."""
    return page_of(_of(neighborhood_id), number=number, size=PAGE_SIZE, row=_facts)


def organization(organization_id: int) -> OrganizationFacts:
    """One organization; NotFound where there is none."""
    row = db.session.get(Organization, organization_id)
    if row is None:
        raise NotFound
    return _facts(row)


def _of(neighborhood_id: int) -> sa.Select[Organization]:
    mine = Organization.neighborhood_id == neighborhood_id
    return sa.select(Organization).where(mine).order_by(sa.func.lower(Organization.name), Organization.id)


def _facts(row: Organization) -> OrganizationFacts:
    return OrganizationFacts(
        id=row.id, neighborhood_id=row.neighborhood_id, name=row.name, kind=row.kind, contact=row.contact
    )

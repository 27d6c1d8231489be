"""Reading places: neighborhoods, their areas and their categories."""

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.core.db import db
from app.core.errors import NotFound
from app.places.models import Area, Category, Neighborhood


@dataclass(frozen=True, kw_only=True)
class NeighborhoodFacts:
    """A neighborhood: `time_zone` as IANA names it, `currency` as ISO 4217 does, `languages` as BCP 47 does."""

    id: int
    slug: str
    name: str
    summary: str
    time_zone: str
    currency: str
    languages: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AreaFacts:
    """A part of a neighborhood; `boundary` is a GeoJSON Polygon or MultiPolygon, or None."""

    id: int
    name: str
    boundary: dict[str, Any] | None

    def geojson(self) -> str:
        """The outline as text, empty where there is none."""
        return "" if self.boundary is None else json.dumps(self.boundary)


@dataclass(frozen=True, kw_only=True)
class CategoryFacts:
    """A kind of safety project and the drawing it goes with."""

    id: int
    name: str
    icon: str
    position: int


def neighborhoods() -> list[NeighborhoodFacts]:
    """Every neighborhood by name."""
    return [
        _facts(row) for row in db.session.scalars(sa.select(Neighborhood).order_by(Neighborhood.name, Neighborhood.id))
    ]


def neighborhood(slug: str) -> NeighborhoodFacts:
    """The neighborhood with this address; NotFound where there is none."""
    row = db.session.scalar(sa.select(Neighborhood).where(Neighborhood.slug == slug))
    if row is None:
        raise NotFound
    return _facts(row)


def areas(neighborhood_id: int) -> list[AreaFacts]:
    """The areas of a neighborhood by name."""
    query = sa.select(Area.id, Area.name, Area.boundary).where(Area.neighborhood_id == neighborhood_id)
    found = db.session.execute(query.order_by(Area.name, Area.id))
    return [AreaFacts(id=row.id, name=row.name, boundary=row.boundary) for row in found]


def area(neighborhood_id: int, area_id: int) -> AreaFacts:
    """One area of a neighborhood; NotFound for another one's."""
    row = db.session.scalar(sa.select(Area).where(Area.id == area_id, Area.neighborhood_id == neighborhood_id))
    if row is None:
        raise NotFound
    return AreaFacts(id=row.id, name=row.name, boundary=row.boundary)


def category(neighborhood_id: int, category_id: int) -> CategoryFacts:
    """One category of a neighborhood; NotFound for another one's."""
    found = [category for category in categories(neighborhood_id) if category.id == category_id]
    if not found:
        raise NotFound
    return found[0]


def categories(neighborhood_id: int) -> list[CategoryFacts]:
    """The categories of a neighborhood in the clerk's order."""
    query = sa.select(Category.id, Category.name, Category.icon, Category.position)
    found = db.session.execute(
        query.where(Category.neighborhood_id == neighborhood_id).order_by(Category.position, Category.id)
    )
    return [CategoryFacts(id=row.id, name=row.name, icon=row.icon, position=row.position) for row in found]


def _facts(row: Neighborhood) -> NeighborhoodFacts:
    return NeighborhoodFacts(
        id=row.id,
        slug=row.slug,
        name=row.name,
        summary=row.summary,
        time_zone=row.time_zone,
        currency=row.currency,
        languages=tuple(row.languages),
    )

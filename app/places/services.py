"""The verbs of places: neighborhoods, the outlines of their areas, and their categories."""

from dataclasses import dataclass, fields
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure, ensure_standing
from app.core.events import publish
from app.core.languages import LANGUAGES
from app.places import policies
from app.places.events import (
    AreaEdited,
    AreasAdded,
    CategoryAdded,
    CategoryEdited,
    NeighborhoodCreated,
    NeighborhoodEdited,
)
from app.places.models import Area, Category, Neighborhood
from app.places.rules import CURRENCIES, ICONS, is_slug, slug_of, time_zones


@dataclass(frozen=True, kw_only=True)
class DescribeNeighborhood:
    """What a clerk says about a neighborhood; an empty `slug` is made from the name."""

    name: str
    slug: str
    summary: str
    time_zone: str
    currency: str
    languages: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DrawArea:
    """An area and its outline: GeoJSON that `rules.boundaries` has read, or None."""

    name: str
    boundary: dict[str, Any] | None


@dataclass(frozen=True, kw_only=True)
class DescribeCategory:
    """A category's name and drawing."""

    name: str
    icon: str


def create_neighborhood(command: DescribeNeighborhood, *, by: Actor) -> Neighborhood:
    """Add a neighborhood to the site."""
    ensure_standing(policies.may_create(by), _("Only clerks of the whole site add neighborhoods."))
    with transaction():
        row = Neighborhood(**_checked(command, own_id=None))
        db.session.add(row)
        db.session.flush()
        publish(NeighborhoodCreated(actor_id=by.id, neighborhood_id=row.id, slug=row.slug))
    return row


def edit_neighborhood(neighborhood_id: int, command: DescribeNeighborhood, *, by: Actor) -> Neighborhood:
    """Change what is said about a neighborhood."""
    with transaction():
        row = _editable(neighborhood_id, by)
        columns = _checked(command, own_id=row.id)
        changed = tuple(name for name, value in columns.items() if getattr(row, name) != value)
        for name in changed:
            setattr(row, name, columns[name])
        if changed:
            publish(NeighborhoodEdited(actor_id=by.id, neighborhood_id=row.id, changed=changed))
    return row


def add_areas(neighborhood_id: int, commands: tuple[DrawArea, ...], *, by: Actor) -> list[Area]:
    """Add the areas, all of them or none; an area of that name that is there already is refused."""
    with transaction():
        where = _editable(neighborhood_id, by)
        _ensure_new_names([command.name for command in commands], where.id)
        rows = [Area(neighborhood_id=where.id, name=c.name, boundary=c.boundary) for c in commands]
        db.session.add_all(rows)
        db.session.flush()
        publish(AreasAdded(actor_id=by.id, neighborhood_id=where.id, area_ids=tuple(row.id for row in rows)))
    return rows


def edit_area(area_id: int, command: DrawArea, *, by: Actor) -> Area:
    """Give an area another name or outline."""
    with transaction():
        area = locked(Area, area_id)
        if area is None:
            raise NotFound
        _editable(area.neighborhood_id, by)
        if command.name != area.name:
            _ensure_new_names([command.name], area.neighborhood_id)
        area.name, area.boundary = command.name, command.boundary
        publish(AreaEdited(actor_id=by.id, neighborhood_id=area.neighborhood_id, area_id=area.id))
    return area


def add_category(neighborhood_id: int, command: DescribeCategory, *, by: Actor) -> Category:
    """Add a category at the end of the list."""
    with transaction():
        where = _editable(neighborhood_id, by)
        _ensure_category(command, where.id, own_id=None)
        last = db.session.scalar(sa.select(sa.func.max(Category.position)).where(Category.neighborhood_id == where.id))
        row = Category(neighborhood_id=where.id, name=command.name, icon=command.icon, position=(last or 0) + 1)
        db.session.add(row)
        db.session.flush()
        publish(CategoryAdded(actor_id=by.id, neighborhood_id=where.id, category_id=row.id))
    return row


def edit_category(category_id: int, command: DescribeCategory, *, by: Actor) -> Category:
    """Give a category another name or drawing."""
    with transaction():
        row = _category(category_id, by)
        _ensure_category(command, row.neighborhood_id, own_id=row.id)
        row.name, row.icon = command.name, command.icon
        publish(CategoryEdited(actor_id=by.id, neighborhood_id=row.neighborhood_id, category_id=row.id))
    return row


def move_category(category_id: int, *, up: bool, by: Actor) -> Category:
    """Let a category change places with the one before or after it; at the end of the list nothing happens."""
    with transaction():
        row = _category(category_id, by)
        query = sa.select(Category).where(Category.neighborhood_id == row.neighborhood_id)
        listed = list(db.session.scalars(query.order_by(Category.position, Category.id)))
        here = listed.index(row)
        there = here - 1 if up else here + 1
        if 0 <= there < len(listed):
            listed[here], listed[there] = listed[there], listed[here]
            for position, category in enumerate(listed, start=1):
                category.position = position
            publish(CategoryEdited(actor_id=by.id, neighborhood_id=row.neighborhood_id, category_id=row.id))
    return row


def _editable(neighborhood_id: int, by: Actor) -> Neighborhood:
    row = locked(Neighborhood, neighborhood_id)
    if row is None:
        raise NotFound
    ensure_standing(policies.may_edit(by, row.id), _("Only clerks of this neighborhood can change this."))
    return row


def _category(category_id: int, by: Actor) -> Category:
    row = locked(Category, category_id)
    if row is None:
        raise NotFound
    _editable(row.neighborhood_id, by)
    return row


def _checked(command: DescribeNeighborhood, *, own_id: int | None) -> dict[str, Any]:
    slug = command.slug or slug_of(command.name)
    ensure(is_slug(slug), "bad_slug", _("Use small letters, digits and hyphens only."), field="slug")
    taken = db.session.scalar(sa.select(Neighborhood.id).where(Neighborhood.slug == slug))
    ensure(taken in (None, own_id), "slug_taken", _("Another neighborhood has this address already."), field="slug")
    ensure(command.time_zone in time_zones(), "bad_time_zone", _("Choose a time zone."), field="time_zone")
    ensure(command.currency in CURRENCIES, "bad_currency", _("Choose a currency."), field="currency")
    known = bool(command.languages) and set(command.languages) <= set(LANGUAGES)
    ensure(known, "bad_languages", _("Choose at least one language."), field="languages")
    columns = {f.name: getattr(command, f.name) for f in fields(command)}
    return columns | {"slug": slug, "languages": list(command.languages)}


def _ensure_new_names(names: list[str], neighborhood_id: int) -> None:
    taken = set(db.session.scalars(sa.select(Area.name).where(Area.neighborhood_id == neighborhood_id)))
    for place, name in enumerate(names):
        fresh = name not in taken and name not in names[:place]
        ensure(fresh, "name_taken", _("There is an area called “%(name)s” already.", name=name), field="name")


def _ensure_category(command: DescribeCategory, neighborhood_id: int, *, own_id: int | None) -> None:
    ensure(command.icon in ICONS, "bad_icon", _("Choose a drawing."), field="icon")
    query = sa.select(Category.id).where(Category.neighborhood_id == neighborhood_id, Category.name == command.name)
    ensure(
        db.session.scalar(query) in (None, own_id), "name_taken", _("There is such a category already."), field="name"
    )

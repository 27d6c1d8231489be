"""What can have happened to a place."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class NeighborhoodCreated(Event):
    """A neighborhood joined the site."""

    neighborhood_id: int
    slug: str


@dataclass(frozen=True, kw_only=True)
class NeighborhoodEdited(Event):
    """Something about a neighborhood changed: the names of what did."""

    neighborhood_id: int
    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AreasAdded(Event):
    """Areas were drawn."""

    neighborhood_id: int
    area_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class AreaEdited(Event):
    """An area got another name or outline."""

    neighborhood_id: int
    area_id: int


@dataclass(frozen=True, kw_only=True)
class CategoryAdded(Event):
    """A category joined the list."""

    neighborhood_id: int
    category_id: int


@dataclass(frozen=True, kw_only=True)
class CategoryEdited(Event):
    """A category got another name, drawing or place in the list."""

    neighborhood_id: int
    category_id: int

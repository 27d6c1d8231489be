"""Reading what the page of all projects shows: a page of them, their spots on the map, and what they add up to."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.paging import Page, part_of
from app.places.queries import AreaFacts, areas
from app.proposals.spots import queries as spots
from app.proposals.spots.rules import Spot, has_map
from app.taskforces.overview.rules import Sum, added_up, sums
from app.taskforces.projects.queries import ProjectCard

LIST_SIZE = 12


@dataclass(frozen=True, kw_only=True)
class ProjectMark:
    """A project on the map: the number it has there, and its spot where its proposal told one to everybody."""

    number: int
    card: ProjectCard
    spot: Spot | None


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What was found: one page of it, its marks where a map is wanted and can be drawn, and sums over all of it."""

    page: Page[ProjectCard]
    total: Sum
    by_task_force: Sequence[Sum]
    by_category: Sequence[Sum]
    by_year: Sequence[Sum]
    map_of: str | None
    """The address word of the one neighborhood the projects are in, if it has a map."""
    areas: Sequence[AreaFacts]
    marks: Sequence[ProjectMark] | None
    too_many_places: bool
    """A map was wanted, and the projects are in several neighborhoods."""


def shown(found: Sequence[ProjectCard], *, number: int, on_map: bool) -> Shown:
    """Page `number` of what was found; two statements more where it goes on a map, one more for any of one place."""
    places = {card.neighborhood_id for card in found}
    here = areas(places.pop()) if len(places) == 1 else []
    drawn = has_map(here)
    on_map = on_map and drawn
    page = part_of(found, number=number, size=spots.PAGE_SIZE if on_map else LIST_SIZE)
    return Shown(
        page=page,
        total=added_up(found),
        by_task_force=sums(found, lambda card: (card.task_force or "", card.task_force_slug or "")),
        by_category=sums(found, lambda card: (card.category, card.category)),
        by_year=sums(found, lambda card: (str(card.year), str(card.year))),
        map_of=found[0].neighborhood_slug if drawn else None,
        areas=here if drawn else (),
        marks=_marks(page) if on_map else None,
        too_many_places=len(places) > 1,
    )


def _marks(page: Page[ProjectCard]) -> list[ProjectMark]:
    found = spots.points([card.proposal_id for card in page.items])
    numbered = enumerate(page.items, start=page.first)
    return [ProjectMark(number=n, card=card, spot=found.get(card.proposal_id)) for n, card in numbered]

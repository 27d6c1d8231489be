"""Which step of a cycle comes next, where it is taken, and what still stands in its way."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.cycles.rules import Stage


class TakenAt(StrEnum):
    """Where a step is taken: here, or on the page of the vote's board."""

    OFFICE = "office"
    BOARD = "board"


class Desk(StrEnum):
    """A heap of the office, in the order in which its first page lists them."""

    MINE = "mine"
    REVIEW = "review"
    UNASSIGNED = "unassigned"
    SECOND = "second"
    READY = "ready"
    CHANGES = "changes"
    LOOKS = "looks"
    PRICES = "prices"
    WORDS = "words"
    REPORTS = "reports"
    RESIDENCES = "residences"
    PROJECTS = "projects"
    BODIES = "bodies"


class Hindrance(StrEnum):
    """What stands in the way of a step, apart from its dates."""

    NO_CATEGORIES = "no_categories"
    UNREVIEWED = "unreviewed"
    NOTHING_FEASIBLE = "nothing_feasible"
    OPEN_PROJECTS = "open_projects"


TAKEN_AT: Mapping[Stage, TakenAt] = {
    Stage.COLLECTING: TakenAt.OFFICE,
    Stage.REVIEWING: TakenAt.OFFICE,
    Stage.BALLOT_FIXED: TakenAt.BOARD,
    Stage.VOTING: TakenAt.BOARD,
    Stage.COUNTING: TakenAt.BOARD,
    Stage.CERTIFIED: TakenAt.BOARD,
    Stage.DELIVERING: TakenAt.OFFICE,
    Stage.CLOSED: TakenAt.OFFICE,
}


@dataclass(frozen=True, kw_only=True)
class CycleCounts:
    """What the way of a cycle depends on besides its dates."""

    categories: int
    unreviewed: int
    feasible: int
    open_projects: int


def hindrances(to: Stage, counts: CycleCounts) -> list[Hindrance]:
    """What keeps a cycle from stepping to `to`."""
    stands: Mapping[Stage, list[tuple[bool, Hindrance]]] = {
        Stage.COLLECTING: [(counts.categories == 0, Hindrance.NO_CATEGORIES)],
        Stage.BALLOT_FIXED: [
            (counts.unreviewed > 0, Hindrance.UNREVIEWED),
            (counts.feasible == 0, Hindrance.NOTHING_FEASIBLE),
        ],
        Stage.CLOSED: [(counts.open_projects > 0, Hindrance.OPEN_PROJECTS)],
    }
    return [hindrance for is_so, hindrance in stands.get(to, []) if is_so]

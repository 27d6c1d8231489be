"""What stands with each project: its milestones as they are today where it is."""

from collections.abc import Sequence

from app.core.clock import today
from app.taskforces.projects.promises import queries as promises
from app.taskforces.projects.promises.queries import MilestoneRow
from app.taskforces.projects.queries import ProjectCard


def planned(cards: Sequence[ProjectCard]) -> dict[int, list[MilestoneRow]]:
    """The milestones of some projects, in two statements for each time zone."""
    found: dict[int, list[MilestoneRow]] = {}
    for zone in {card.time_zone for card in cards}:
        here = [card.id for card in cards if card.time_zone == zone]
        found |= promises.milestones_by_project(here, today(zone))
    return found

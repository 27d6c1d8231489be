"""Who may do what with a project: a clerk hands it to a task force, then only its co-chairs act."""

from collections.abc import Collection

from app.core.access import Actor, Role
from app.taskforces.projects.rules import ACTIVE, ALLOWED, Act, ProjectStage


def may_hand_over(actor: Actor | None, neighborhood_id: int) -> bool:
    """A clerk of the neighborhood names the task force and the organization that leads the work."""
    return actor is not None and actor.holds(Role.CLERK, neighborhood_id)


def may_lead(actor: Actor | None, co_chair_ids: Collection[int]) -> bool:
    """Only the co-chairs of its task force, as of today, plan a project, change forecasts and publish updates."""
    return actor is not None and actor.id in co_chair_ids


def may_name_partners(actor: Actor | None, co_chair_ids: Collection[int], neighborhood_id: int) -> bool:
    """The co-chairs of its task force, and a clerk of the neighborhood, name partners and who manages a project."""
    return may_lead(actor, co_chair_ids) or may_hand_over(actor, neighborhood_id)


def offered(stage: ProjectStage, *, leads: bool, is_clerk: bool, signs: bool) -> dict[str, bool]:
    """Which acts a project at `stage` offers to somebody who leads it, is its clerk, or signs for a side of it."""
    acts = {act.value: leads and stage in ALLOWED[act] for act in Act}
    claims = {act.value: signs and stage in ALLOWED[act] for act in (Act.CLAIM, Act.ANSWER_CLAIM)}
    ends = {
        "name_partners": (leads or is_clerk) and stage in ALLOWED[Act.NAME_PARTNERS],
        "pause": leads and stage in ACTIVE,
        "resume": leads and stage is ProjectStage.PAUSED,
        "cancel": is_clerk and stage in ACTIVE | {ProjectStage.PAUSED},
        "complete": leads and stage is ProjectStage.HANDOVER,
    }
    return acts | claims | ends

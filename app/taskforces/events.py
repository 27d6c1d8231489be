"""What can have happened to a task force."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event, free_text
from app.taskforces.rules import BodyStage, Impairment


@dataclass(frozen=True, kw_only=True)
class TaskForceProposed(Event):
    """A task force has a charter; its co-chairs are still to be found."""

    task_force_id: int
    neighborhood_id: int
    slug: str
    area_id: int | None
    review_on: date | None
    charter: str = free_text()


@dataclass(frozen=True, kw_only=True)
class CharterChanged(Event):
    """The charter of a task force that is not constituted yet reads otherwise."""

    task_force_id: int
    area_id: int | None
    review_on: date | None
    charter: str = free_text()


@dataclass(frozen=True, kw_only=True)
class TaskForceConstituted(Event):
    """Both co-chairs have accepted and the charter is public: it can take on projects."""

    task_force_id: int
    neighborhood_id: int
    slug: str
    charter: str = free_text()


@dataclass(frozen=True, kw_only=True)
class TaskForceBegan(Event):
    """A task force has its first project."""

    task_force_id: int


@dataclass(frozen=True, kw_only=True)
class TaskForceImpaired(Event):
    """A task force cannot work as promised: a vacancy of more than 30 days (rule 6), or meetings without a quorum."""

    task_force_id: int
    because: Impairment
    rule: int | None


@dataclass(frozen=True, kw_only=True)
class TaskForceRecovered(Event):
    """What impaired a task force is over."""

    task_force_id: int
    because: Impairment
    rule: int | None


@dataclass(frozen=True, kw_only=True)
class TaskForceDissolved(Event):
    """A task force is no more; its unfinished projects went to another one, its seats ended."""

    task_force_id: int
    was: BodyStage
    successor_id: int | None
    project_ids: tuple[int, ...]
    seat_ids: tuple[int, ...]
    reason: str = free_text()

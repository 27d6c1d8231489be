"""What can have happened to a promise for a quarter."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event
from app.reports.progress.promises.rules import Kept


@dataclass(frozen=True, kw_only=True)
class QuarterPromised(Event):
    """A task force promised something for a quarter."""

    promise_id: int
    task_force_id: int
    project_id: int | None
    first_on: date
    text: str


@dataclass(frozen=True, kw_only=True)
class QuarterPromiseTakenBack(Event):
    """It was taken back before the report that makes it was frozen."""

    promise_id: int
    task_force_id: int
    first_on: date


@dataclass(frozen=True, kw_only=True)
class QuarterPromiseMarked(Event):
    """It was said what became of it, for the first time or anew."""

    promise_id: int
    task_force_id: int
    kept: Kept
    line: str
    rule: int = 25

"""What can have happened to what task forces tell."""

from dataclasses import dataclass

from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class UpdatePublished(Event):
    """A task force said what changed, why, and what comes next."""

    project_id: int
    update_id: int
    draft_id: int | None = None
    """The draft it was written as; none where a co-chair published it at once."""
    rule: int | None = None
    """The rule of the domain by which the clock published it; none where a co-chair did."""
    what_changed: str = free_text()

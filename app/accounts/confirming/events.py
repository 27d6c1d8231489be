"""What can have happened when somebody proved anew who they are."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class IdentityConfirmed(Event):
    """A signed-in person proved once more who they are."""

    person_id: int

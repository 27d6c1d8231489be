"""What can have happened to a private contact; never what it says."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ContactGiven(Event):
    """An author has said how officers reach them, or (`is_given` is false) does not say it any more."""

    proposal_id: int
    is_given: bool

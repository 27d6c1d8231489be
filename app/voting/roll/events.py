"""What can have happened to a roll. Names and addresses stay out of it: lines are named by their ids, in hex."""

from dataclasses import dataclass

from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class LineAdded(Event):
    """A clerk put somebody on the roll at the desk."""

    cycle_id: int
    listing_id: str


@dataclass(frozen=True, kw_only=True)
class LineStruck(Event):
    """A clerk took a line off the roll before it was frozen; one of the two ids says which."""

    cycle_id: int
    person_id: int | None
    listing_id: str | None
    reason: str = free_text()


@dataclass(frozen=True, kw_only=True)
class LineRestored(Event):
    """A clerk took a strike back."""

    cycle_id: int
    person_id: int | None
    listing_id: str | None


@dataclass(frozen=True, kw_only=True)
class LikenessSettled(Event):
    """A clerk found that a listing and an account are one person, or two."""

    cycle_id: int
    listing_id: str
    person_id: int
    is_same: bool


@dataclass(frozen=True, kw_only=True)
class AddedToRoll(Event):
    """Two persons put somebody on a roll that was frozen, or back on it; a public line of the log."""

    cycle_id: int
    vote_id: str
    number: int
    requester_id: int
    reason: str
    was_struck: bool


@dataclass(frozen=True, kw_only=True)
class StruckFromRoll(Event):
    """Two persons took somebody off a roll that was frozen; what they had cast is not counted."""

    cycle_id: int
    vote_id: str
    number: int
    requester_id: int
    reason: str
    had_cast: bool

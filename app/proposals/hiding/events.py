"""What can have happened to a reported or hidden part of a proposal."""

from dataclasses import dataclass

from app.core.events import Event, free_text
from app.proposals.discussion.moderation.rules import Concern
from app.proposals.hiding.rules import Part


@dataclass(frozen=True, kw_only=True)
class PartReported(Event):
    """Somebody asked the office to look at a proposal or a part of it."""

    proposal_id: int
    part: Part
    part_id: int
    report_id: int
    concern: Concern
    note: str = free_text()


@dataclass(frozen=True, kw_only=True)
class PartHidden(Event):
    """The office hid a file or an older text; it is kept, and the reason is public."""

    proposal_id: int
    author_id: int
    part: Part
    part_id: int
    hiding_id: int
    report_ids: tuple[int, ...]
    reason: str = free_text()


@dataclass(frozen=True, kw_only=True)
class PartLeft(Event):
    """The office has looked at what was reported, and settled it without hiding anything."""

    proposal_id: int
    part: Part
    part_id: int
    report_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class PartShownAgain(Event):
    """The office shows again what it had hidden; that it was hidden, and why it no longer is, stays in the open."""

    proposal_id: int
    part: Part
    part_id: int
    hiding_id: int
    reason: str = free_text()


@dataclass(frozen=True, kw_only=True)
class HiddenPartRead(Event):
    """Somebody who watches the office has looked at what is hidden."""

    proposal_id: int
    part: Part
    part_id: int
    hiding_id: int
    purpose: str = free_text()

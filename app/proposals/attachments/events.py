"""What can have happened to what hangs on a proposal."""

from dataclasses import dataclass

from app.core.events import Event, free_text
from app.proposals.attachments.rules import Kind


@dataclass(frozen=True, kw_only=True)
class AttachmentAdded(Event):
    """Its author hung a picture or a PDF on a proposal."""

    proposal_id: int
    attachment_id: int
    kind: Kind
    words: str = free_text()


@dataclass(frozen=True, kw_only=True)
class AttachmentDescribed(Event):
    """Its author said in other words what it shows."""

    proposal_id: int
    attachment_id: int
    words: str = free_text()


@dataclass(frozen=True, kw_only=True)
class AttachmentRemoved(Event):
    """Its author took it away, and its file with it."""

    proposal_id: int
    attachment_id: int


@dataclass(frozen=True, kw_only=True)
class AttachmentsCleared(Event):
    """The worker took away what hung on a draft that was thrown away or can never be sent any more."""

    proposal_id: int
    attachment_ids: tuple[int, ...]

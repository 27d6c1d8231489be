"""What can have happened to internal notes."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class InternalNoteWritten(Event):
    """An officer left a note for the others; of its words not even a hash goes anywhere."""

    proposal_id: int
    note_id: int

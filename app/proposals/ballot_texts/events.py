"""What can have happened to a short text."""

from dataclasses import dataclass

from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class BallotTextWritten(Event):
    """A short text was proposed: it waits for the author, or is approved because the author wrote it."""

    text_id: int
    proposal_id: int
    cycle_id: int
    author_id: int
    number: int
    language: str
    text_hash: str
    is_approved: bool


@dataclass(frozen=True, kw_only=True)
class BallotTextApproved(Event):
    """The author approved a short text."""

    text_id: int
    proposal_id: int
    cycle_id: int
    text_hash: str


@dataclass(frozen=True, kw_only=True)
class BallotTextSettled(Event):
    """A clerk settled a short text because its author did not answer."""

    text_id: int
    proposal_id: int
    cycle_id: int
    author_id: int
    text_hash: str
    reason: str = free_text()


@dataclass(frozen=True, kw_only=True)
class BallotTextTranslated(Event):
    """A short text was said in another language."""

    translation_id: int
    text_id: int
    proposal_id: int
    cycle_id: int
    language: str
    text_hash: str

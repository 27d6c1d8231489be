"""What can have happened among those who write a proposal."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CoAuthorInvited(Event):
    """An author has asked somebody to write with them."""

    proposal_id: int
    invitation_id: int


@dataclass(frozen=True, kw_only=True)
class CoAuthorJoined(Event):
    """Somebody has accepted and is named as a co-author from now on."""

    proposal_id: int
    invitation_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationEnded(Event):
    """An invitation was declined or taken back."""

    proposal_id: int
    invitation_id: int
    taken_back: bool


@dataclass(frozen=True, kw_only=True)
class CoAuthorLeft(Event):
    """A co-author writes it no more; what they wrote stays."""

    proposal_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class AuthorLeft(Event):
    """The author has left; the co-author who has been there longest is its author now."""

    proposal_id: int
    author_id: int
    successor_id: int

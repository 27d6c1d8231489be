"""What can have happened at the desk. Never a contact, and never the name of whoever handed a form in."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event, free_text
from app.proposals.events import ProposalSubmitted


@dataclass(frozen=True, kw_only=True)
class PaperProposalTypedIn(ProposalSubmitted):
    """A proposal that came on paper is public; whoever listens to sent proposals hears it too."""

    received_on: date
    form_key: str
    has_account: bool


@dataclass(frozen=True, kw_only=True)
class FormDeskNamed(Event):
    """A clerk said where paper forms of a cycle are handed in."""

    cycle_id: int
    place: str = free_text()

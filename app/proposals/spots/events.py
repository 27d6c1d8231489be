"""What can have happened to the place of a proposal. Never where: a spot may become private later, and a log stays."""

from dataclasses import dataclass

from app.proposals.events import ProposalEdited
from app.proposals.spots.rules import Where


@dataclass(frozen=True, kw_only=True)
class PlaceSaid(ProposalEdited):
    """Its author said where it is; whoever listens to edits hears it too."""

    where: Where

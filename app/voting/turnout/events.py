"""What can have happened to the turnout's record."""

from dataclasses import dataclass
from datetime import datetime

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class TurnoutKept(Event):
    """A cell of the turnout by the hour was written: full tens of voters; `vote_id` in hex."""

    vote_id: str
    until: datetime
    voters: int

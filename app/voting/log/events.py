"""What can have happened to a log besides its growth: batches and signatures are their own record."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class WitnessNamed(Event):
    """Two members of the board let somebody sign the heads of this vote's log; `public_key` in hex."""

    cycle_id: int
    name: str
    public_key: str
    requester_id: int

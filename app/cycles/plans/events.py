"""What can have happened to a ballot plan."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class BallotPlanned(Event):
    """A clerk settled what a cycle asks before its ballot is fixed; moments as ISO 8601, empty for none."""

    cycle_id: int
    asks_short_texts: bool
    asks_task_forces: bool
    asks_confirmation: bool
    texts_until: str
    prices_from: str
    prices_until: str

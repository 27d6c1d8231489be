"""What can have happened at the sample check; never what is on a slip."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class SampleDrawn(Event):
    """An observer drew slips to check, by a seed everybody may know."""

    cycle_id: int
    seed: str
    share_percent: int
    size: int


@dataclass(frozen=True, kw_only=True)
class SlipChecked(Event):
    """An observer compared one slip with the paper."""

    cycle_id: int
    batch: int
    agrees: bool

"""What can have happened to a station."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class StationOpened(Event):
    """A clerk turned a computer into a polling place; `station_id` in hex."""

    cycle_id: int
    station_id: str
    location: str


@dataclass(frozen=True, kw_only=True)
class StationClosed(Event):
    """A clerk closed a polling place."""

    cycle_id: int
    station_id: str

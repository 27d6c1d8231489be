"""What can have happened to boxes and their stock."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class BoxAdded(Event):
    """There is another ballot box."""

    cycle_id: int
    box_id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class PrintingRecorded(Event):
    """So many ballots were printed for a box; their stubs are numbered from `first_stub`."""

    cycle_id: int
    box_id: int
    stock_id: int
    language: str
    large_print: bool
    first_stub: int
    printed: int


@dataclass(frozen=True, kw_only=True)
class StockCounted(Event):
    """What is left of a printing was counted by hand."""

    cycle_id: int
    stock_id: int
    spoiled: int
    unused: int


@dataclass(frozen=True, kw_only=True)
class StubsCounted(Event):
    """The torn-off stubs of a box were counted by hand."""

    cycle_id: int
    box_id: int
    stubs: int


@dataclass(frozen=True, kw_only=True)
class BoxesJoined(Event):
    """The slips of a box are mixed with those of another."""

    cycle_id: int
    box_id: int
    joined_to_id: int

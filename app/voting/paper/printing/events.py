"""What can have happened to files for printing."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PrintOrdered(Event):
    """Somebody asked for ballots or forms to print."""

    cycle_id: int
    print_id: int
    kind: str
    language: str


@dataclass(frozen=True, kw_only=True)
class PrintMade(Event):
    """The files are there, each with its hash."""

    cycle_id: int
    print_id: int
    files: tuple[str, ...]

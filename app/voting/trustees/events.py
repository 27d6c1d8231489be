"""What can have happened to the keys of a vote."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class KeyHoldersPlanned(Event):
    """A clerk settled who is to hold keys and how many of them open together."""

    cycle_id: int
    names: tuple[str, ...]
    threshold: int


@dataclass(frozen=True, kw_only=True)
class KeyRegistered(Event):
    """The public key of a key holder was handed in."""

    cycle_id: int
    number: int
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class KeyCheckAsked(Event):
    """A key holder was given something that only their key opens."""

    cycle_id: int
    number: int


@dataclass(frozen=True, kw_only=True)
class KeyChecked(Event):
    """A key holder has shown that their key works."""

    cycle_id: int
    number: int


@dataclass(frozen=True, kw_only=True)
class CountSetTaken(Event):
    """The count set was handed out to be opened; root in hex."""

    cycle_id: int
    count_root: str


@dataclass(frozen=True, kw_only=True)
class ResultHandedIn(Event):
    """The key holders' result file was handed in and fits the count set; hash in hex."""

    cycle_id: int
    result_file: str
    opened_by: tuple[int, ...]

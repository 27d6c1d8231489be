"""Arranging a ranking by single moves, and the reasons why somebody cannot vote."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.voting.rules import MAY_VOTE_ONLINE, Channel, VoteStage


class Door(StrEnum):
    """Why the ballot is only there to read."""

    NOT_OPEN_YET = "not_open_yet"
    CLOSED = "closed"
    SIGN_IN = "sign_in"
    RESIDENCE = "residence"
    NOT_ON_ROLL = "not_on_roll"
    VOTED_ON_PAPER = "voted_on_paper"
    STRUCK = "struck"


class Change(StrEnum):
    """What a move did to a ranking."""

    ADDED = "added"
    MOVED = "moved"
    REMOVED = "removed"
    FULL = "full"


@dataclass(frozen=True, kw_only=True)
class Arranged:
    """A ranking (option numbers, best first) after a move, what the move did and to which option; None for nothing."""

    ranking: tuple[int, ...]
    change: Change | None = None
    number: int | None = None

    @property
    def rank(self) -> int:
        """The rank (from 1) at which the moved option stands now."""
        return self.ranking.index(self.number) + 1 if self.number in self.ranking else 0


def door(
    stage: VoteStage, *, in_time: bool, signed_in: bool, resident: bool, channel: Channel | None
) -> Door | None:
    """The first reason why this person cannot vote now, or None; `channel` is None for somebody not on the roll."""
    if stage is VoteStage.FROZEN:
        return Door.NOT_OPEN_YET
    if stage is not VoteStage.OPEN or not in_time:
        return Door.CLOSED
    if not signed_in:
        return Door.SIGN_IN
    if channel is None:
        return Door.NOT_ON_ROLL if resident else Door.RESIDENCE
    if channel is Channel.VOID:
        return Door.STRUCK
    return None if MAY_VOTE_ONLINE[channel] else Door.VOTED_ON_PAPER


def as_printed(values: Sequence[str], options: Collection[int]) -> tuple[int, ...]:
    """The ranking in the fields of a page: numbers of options, each once; whatever else was sent is left out."""
    known = {str(number): number for number in options}
    return tuple(dict.fromkeys(known[value] for value in values if value in known))


def arranged(ranking: tuple[int, ...], move: str, *, options: Collection[int], max_ranks: int) -> Arranged:
    """The ranking after `move` (`add:12`, `up:12`, `down:12`, `remove:12`); one that makes no sense changes nothing."""
    verb, _, value = move.partition(":")
    numbers = as_printed([value], options)
    if not numbers:
        return Arranged(ranking=ranking)
    if verb == "add":
        return _added(ranking, numbers[0], max_ranks)
    if numbers[0] not in ranking:
        return Arranged(ranking=ranking)
    if verb == "remove":
        left = tuple(number for number in ranking if number != numbers[0])
        return Arranged(ranking=left, change=Change.REMOVED, number=numbers[0])
    return _moved(ranking, numbers[0], {"up": -1, "down": 1}.get(verb, 0))


def _added(ranking: tuple[int, ...], number: int, max_ranks: int) -> Arranged:
    if number in ranking:
        return Arranged(ranking=ranking)
    if len(ranking) >= max_ranks:
        return Arranged(ranking=ranking, change=Change.FULL, number=number)
    return Arranged(ranking=(*ranking, number), change=Change.ADDED, number=number)


def _moved(ranking: tuple[int, ...], number: int, places: int) -> Arranged:
    at = ranking.index(number)
    to = at + places
    if places == 0 or not 0 <= to < len(ranking):
        return Arranged(ranking=ranking)
    swapped = list(ranking)
    swapped[at], swapped[to] = swapped[to], swapped[at]
    return Arranged(ranking=tuple(swapped), change=Change.MOVED, number=number)

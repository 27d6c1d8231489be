"""What the ceremony holds while it runs, in memory only: the count set, the keys present, and how far the work is."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

from flask import Flask, current_app

from app.voting.sealing import opening, readable, result_files
from app.voting.sealing.count_sets import CountSet, Facts
from app.voting.sealing.envelopes import SealedEnvelope
from app.voting.sealing.keys import PrivateKey
from app.voting.sealing.opening import Found, FoundBad, Opened, Opener, Unreadable
from app.voting.sealing.result_files import Result
from ceremony import folders
from ceremony.cores import all_cores
from ceremony.folders import Kind, NotWritten


@dataclass(frozen=True, kw_only=True)
class Done:
    """What is said of a finished opening. No ranking is kept: they are in the file."""

    facts: Facts
    file: str
    content_hash: bytes
    ballots: int
    unreadable: tuple[Unreadable, ...]
    bad_shares: tuple[FoundBad, ...]
    trustees: tuple[int, ...]


@dataclass
class Work:
    """An opening under way: how many of how many envelopes, and its end."""

    total: int
    opened: int = 0
    done: Done | None = None
    failed: str | None = None

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to wait for."""
        return self.done is not None or self.failed is not None


class Stopped(Exception):
    """Somebody pressed stop while the envelopes were being opened."""


@dataclass
class Room:
    """A folder and what lies on the table. `drill`: everything in it is invented."""

    folder: Path
    drill: bool = False
    count_set: CountSet | None = None
    keys: dict[int, PrivateKey] = field(default_factory=dict, repr=False)
    work: Work | None = None

    def clear(self) -> None:
        """Forget the count set and every key."""
        self.keys.clear()
        self.count_set = self.work = None

    def begin(self) -> None:
        """Open the envelopes of the count set in the background with the keys on the table."""
        assert self.count_set is not None
        self.work = Work(total=self.count_set.facts.number)
        Thread(target=self._open, args=(self.count_set, dict(self.keys), self.work), daemon=True).start()

    def _open(self, count_set: CountSet, keys: dict[int, PrivateKey], work: Work) -> None:
        done, failed = None, ""
        try:
            opened = opened_by(count_set, keys, lambda found: self._count(work, found))
            done = self._written(opened, count_set.facts, keys)
        except NotWritten as reason:
            failed = str(reason)
        except Stopped:
            return
        finally:
            keys.clear()
            self._forget_unless_restarted(work, is_done=done is not None)
            work.done, work.failed = done, failed

    def _count(self, work: Work, found: int) -> None:
        if self.work is not work:
            raise Stopped
        work.opened += found

    def _forget_unless_restarted(self, work: Work, *, is_done: bool) -> None:
        if self.work is work:
            self.keys.clear()
            self.count_set = None if is_done else self.count_set

    def _written(self, opened: Opened, facts: Facts, keys: dict[int, PrivateKey]) -> Done:
        result = result_files.make(opened, facts, private_keys=keys)
        result_files.verify(result, facts)
        name = folders.write(self.folder, _stem(result), Kind.RESULT, result_files.to_bytes(result))
        return Done(
            facts=facts,
            file=name,
            content_hash=result.content_hash(),
            ballots=len(result.rankings),
            unreadable=result.unreadable,
            bad_shares=result.bad_shares,
            trustees=result.trustees,
        )


def opened_by(count_set: CountSet, keys: dict[int, PrivateKey], count: Callable[[int], None]) -> Opened:
    """Open all envelopes on all cores, and tell `count` how many more are done, as they come."""
    facts = count_set.facts
    with all_cores(facts.number) as spread:

        def counted(opener: Opener, chunks: Iterable[Sequence[SealedEnvelope]]) -> Iterator[list[Found]]:
            for found in spread(opener, chunks):
                count(len(found))
                yield found

        return opening.open_all(
            count_set.envelopes,
            vote_id=facts.vote_id,
            private_keys=keys,
            options=facts.options,
            max_ranks=facts.max_ranks,
            threshold=facts.threshold,
            spread=counted,
        )


class Rooms:
    """The real room, and the drill's while there is one."""

    def __init__(self, folder: Path) -> None:
        self.real = Room(folder)
        self._drill: tuple[Room, tempfile.TemporaryDirectory[str]] | None = None

    @property
    def current(self) -> Room:
        """The room everybody is in."""
        return self._drill[0] if self._drill else self.real

    def begin_drill(self) -> Room:
        """A room with a folder of its own, which goes when the drill ends."""
        self.end_drill()
        self.real.clear()
        folder = tempfile.TemporaryDirectory(prefix="lamplight-drill-")
        self._drill = Room(Path(folder.name), drill=True), folder
        return self._drill[0]

    def end_drill(self) -> None:
        """Forget the drill and delete its folder."""
        if self._drill:
            room, folder = self._drill
            room.clear()
            folder.cleanup()
            self._drill = None


def init_rooms(app: Flask, folder: Path) -> None:
    """Give the app its rooms."""
    app.extensions["ceremony_rooms"] = Rooms(folder)


def rooms() -> Rooms:
    """The rooms of this ceremony."""
    held: Rooms = current_app.extensions["ceremony_rooms"]
    return held


def room() -> Room:
    """The room everybody is in."""
    return rooms().current


def _stem(result: Result) -> str:
    return ("drill-" if result.drill else "") + readable.grouped(result.content_hash().hex()[:8])

"""A recorded run of casts, on either database, and its replay up to cuts of the power."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from app.config import ROOT
from app.core.db import db
from tests import make
from tests.faults import places, power, tracing
from tests.faults.letters import Letter, letters

OWN_NOTES = ("postmaster.pid", "postmaster.opts")
"""What a PostgreSQL server notes about its own process, which says nothing once the machine has started again."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """So many casts, what each connection is told, what the database is told before, how many cast at once."""

    casts: int
    settings: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    at_once: int = 1


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """A run of casts: the folder of the database, a copy of it from before, the calls, and the letters by number."""

    data: Path
    before: Path
    calls: Sequence[tracing.Call]
    parts: Sequence[Part]
    sent: Sequence[Letter]

    def part_of(self, number: int) -> int:
        """In which part a letter was cast."""
        ends = [sum(part.casts for part in self.parts[: until + 1]) for until in range(len(self.parts))]
        return next(which for which, end in enumerate(ends) if number < end)

    def replayed(self) -> Iterator[tuple[int, power.Disk, frozenset[bytes]]]:
        """Every moment of the record: its number, the disk as it then was, and the keys acknowledged by then."""
        disk, acknowledged = power.Disk(str(self.data), self.before), frozenset[bytes]()
        for number, call in enumerate(self.calls):
            disk.apply(call)
            if call.kind == "ack":
                acknowledged |= {self.sent[int(call.data)].key}
            yield number, disk, acknowledged
        assert len(acknowledged) == len(self.sent), "the record is not whole"


@contextmanager
def recorded(kind: str, folder: Path, parts: Sequence[Part], *settings: str) -> Iterator[Recorded]:
    """Cast these parts under `strace`; the place, its server stopped, stays until the end."""
    if not tracing.can_trace():
        places.missing("strace is not installed or may not trace (Debian: apt-get install strace)")
    # Small segments, so that new ones are made, used and used again while the record runs.
    site = folder / "site"
    site.mkdir()
    with places.place(kind, site, *settings, initdb=["--wal-segsize=1"]) as where:
        vote, roll = make.open_vote(voters=sum(part.casts for part in parts))
        sent = [letter for (letter,) in letters(vote.cycle_id, roll, each=1, chance=Random(0))]
        task = {"cycle": vote.cycle_id, "parts": list(_parts(parts, sent, roll[0].resident_of))}
        db.session.remove()
        db.engine.dispose()
        data = _stopped(where)
        before = _copy(data, lambda path: is_kept(kind, path))
        log, said = folder / "calls", folder / "acknowledged"
        _run(where, task | {"acknowledgements": str(said)}, log)
        found = tracing.calls(log, folder=data, acknowledgements=said, kept=lambda path: is_kept(kind, path))
        yield Recorded(data=data, before=before, calls=list(found), parts=parts, sent=sent)


def is_kept(kind: str, path: str) -> bool:
    """Whether a power cut matters to it: SQLite's `-shm` is memory that it makes anew."""
    if kind == "sqlite":
        return Path(path).name in ("lamplight.sqlite3", "lamplight.sqlite3-wal", "lamplight.sqlite3-journal")
    return not path.endswith(OWN_NOTES)


def _copy(data: Path, kept: Callable[[str], bool]) -> Path:
    before = data.with_name("before")
    subprocess.run(["cp", "-a", data, before], check=True)
    for path in before.rglob("*"):
        if path.is_file() and not kept(str(path)):
            path.unlink()
    return before


def _parts(parts: Sequence[Part], sent: Sequence[Letter], home: int | None) -> Iterator[dict[str, Any]]:
    numbered = iter(enumerate(sent))
    for part in parts:
        some = [
            {"number": number, "voter": letter.voter, "home": home, "ranking": letter.ranking, "token": letter.token}
            for number, letter in islice(numbered, part.casts)
        ]
        yield {"letters": some, "settings": part.settings, "first": part.first, "at_once": part.at_once}


def _stopped(where: places.Place) -> Path:
    if where.cluster is None:
        return where.folder
    where.cluster.shut_down()
    return where.cluster.folder / "data"


def _run(where: places.Place, task: dict[str, Any], log: Path) -> None:
    cluster, work = where.cluster, log.with_name("work")
    server = cluster and {"folder": str(cluster.folder), "settings": cluster.settings, "port": cluster.port}
    work.write_text(json.dumps(task | {"server": server}))
    command = [sys.executable, "-m", "tests.faults.casting_process", str(work)]
    tracing.trace(command, cwd=ROOT, env=where.environment(), log=log)

"""T2: after a power cut at any moment every acknowledged ballot is in the database, and the database is whole."""

import json
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from app.config import ROOT
from app.core.db import db
from tests import make
from tests.faults import places, power
from tests.faults.letters import letters
from tests.sizes import size

pytestmark = [pytest.mark.slow, pytest.mark.soak]

CASTS = size(commit=150, night=1_000, release=10_000)
TORN = size(commit=50, night=2_000, release=20_000)


@dataclass(kw_only=True)
class Found:
    """What was wrong after the cuts."""

    cuts: int = 0
    lost: int = 0
    corrupt: int = 0
    most: int = 0

    @property
    def text(self):
        return f"{self.lost} lost, {self.corrupt} corrupt"

    def look(self, folder, acknowledged):
        """Open what a cut has left and hold it against the acknowledgements."""
        self.cuts += 1
        try:
            with closing(sqlite3.connect(folder / "lamplight.sqlite3")) as left:
                whole = left.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
                keys = {key for (key,) in left.execute("SELECT idempotency_key FROM envelope")}
        except sqlite3.DatabaseError:
            whole, keys = False, set()
        missing = len(set(acknowledged) - keys)
        self.lost, self.corrupt = self.lost + (missing > 0), self.corrupt + (not whole)
        self.most = max(self.most, missing)


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """A run of casts: the files before it, its calls, and the keys in their order."""

    folder: Path
    before: dict[str, bytearray]
    calls: list[power.Call]
    keys: list[bytes]


def recorded(tmp_path, seed, *, casts, pragmas=""):
    if not power.can_trace():
        places.missing("strace is not installed or may not trace (Debian: apt-get install strace)")
    folder, log, work, said = (tmp_path / name for name in ("data", "calls", "work", "acknowledged"))
    folder.mkdir()
    with places.place("sqlite", folder) as where:
        vote, roll = make.open_vote(voters=casts)
        stacks = letters(vote.cycle_id, roll, each=1, chance=Random(seed))
        sent = [letter for (letter,) in stacks]
        task = {"cycle": vote.cycle_id, "acknowledgements": str(said), "letters": []}
        task["letters"] = [
            {"voter": each.voter, "home": roll[0].resident_of, "ranking": each.ranking, "token": each.token}
            for each in sent
        ]
        work.write_text(json.dumps(task))
        db.session.remove()
        db.engine.dispose()
        before = {str(path): bytearray(path.read_bytes()) for path in folder.glob("lamplight.sqlite3*")}
        command = [sys.executable, "-m", "tests.faults.casting_process", str(work)]
        power.trace(command, cwd=ROOT, env=where.environment(PRAGMAS=pragmas), log=log)
    calls = list(power.calls(log, folder=folder, acknowledgements=said))
    return Recorded(folder=folder, before=before, calls=calls, keys=[letter.key for letter in sent])


def cuts_after_every_acknowledgement(run, into):
    found, disk, acknowledged = Found(), power.Disk(str(run.folder), dict(run.before)), 0
    for call in run.calls:
        disk.apply(call)
        if call.kind == "ack":
            acknowledged += 1
            disk.cut(into)
            found.look(into, run.keys[:acknowledged])
    assert acknowledged == len(run.keys), "the record is not whole"
    return found


def torn_cuts(run, into, chance, count):
    """Cuts at calls by chance, of whose unsynced writes any sectors may have reached the disk."""
    found, disk, acknowledged = Found(), power.Disk(str(run.folder), dict(run.before)), 0
    moments = set(chance.sample(range(len(run.calls)), min(count, len(run.calls))))
    for moment, call in enumerate(run.calls):
        disk.apply(call)
        acknowledged += call.kind == "ack"
        if moment in moments:
            disk.cut(into, torn=chance)
            found.look(into, run.keys[:acknowledged])
    return found


def test_a_power_cut_loses_nothing_that_was_acknowledged(tmp_path, seed, figure):
    run = recorded(tmp_path, seed, casts=CASTS)
    synced = {Path(call.path).name for call in run.calls if call.kind == "sync"}
    assert synced >= {"lamplight.sqlite3", "lamplight.sqlite3-wal"}, "the record holds no checkpoint"
    found = cuts_after_every_acknowledgement(run, tmp_path / "cut")
    torn = torn_cuts(run, tmp_path / "cut", Random(seed), TORN)
    of = f"{found.cuts:,} cuts after an acknowledgement, {torn.cuts:,} torn by sectors"
    figure("T2", "power cut, SQLite", size=of, figure=f"{found.text}; torn: {torn.text}")
    assert (found.lost, found.corrupt, torn.lost, torn.corrupt) == (0, 0, 0, 0)


@pytest.mark.parametrize("level", ["NORMAL", "OFF"])
def test_the_check_notices_a_database_that_does_not_sync_at_each_commit(level, tmp_path, seed, figure):
    run = recorded(tmp_path, seed, casts=30, pragmas=f"synchronous={level}")
    found = cuts_after_every_acknowledgement(run, tmp_path / "cut")
    figure("T2", "power cut, SQLite", twin=f"{level}: {found.lost}/{found.cuts} cuts lose up to {found.most}")
    assert found.lost > 0

"""T2: after a power cut at any moment every acknowledged ballot is in the database, and the database is whole."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

import psycopg
import pytest

from tests.faults.recording import Part, recorded
from tests.postgres import Cluster, ServerDidNotStart
from tests.sizes import size

pytestmark = [pytest.mark.slow, pytest.mark.soak]

CASTS = size(commit=150, night=1_000, release=10_000)
TORN = size(commit=50, night=2_000, release=20_000)
HONEST, NORMAL, OFF = range(3)
PARTS = [
    Part(casts=CASTS),
    Part(casts=30, settings=("PRAGMA synchronous=NORMAL",)),
    Part(casts=30, settings=("PRAGMA synchronous=OFF",)),
]

ON_A_SERVER = size(commit=60, night=1_000, release=5_000)
SERVER_CUTS = size(commit=3, night=100, release=1_000)
SERVER_TORN = size(commit=2, night=100, release=1_000)
FORGETFUL = 2
SERVER_PARTS = [
    Part(casts=ON_A_SERVER // 2, at_once=4),
    Part(casts=ON_A_SERVER // 2, first=("SELECT pg_switch_wal()", "CHECKPOINT"), at_once=4),
    Part(casts=10, settings=("SET synchronous_commit = off",), at_once=4),
]
LAZY = ("wal_writer_delay=10s", "autovacuum=off", "max_wal_size=4MB", "min_wal_size=2MB", "shared_buffers=2MB")
"""A server that syncs no commit by the way for another's sake, and whose few buffers make it write pages early."""

CUT_OFF = ("listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off")
"""For the server that opens what a cut has left: it has nothing to lose any more."""


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

    def note(self, acknowledged, left):
        """Hold what a cut has left (None: nothing that opens) against the acknowledgements."""
        missing = len(acknowledged - (left or set()))
        self.cuts += 1
        self.lost, self.corrupt = self.lost + (missing > 0), self.corrupt + (left is None)
        self.most = max(self.most, missing)


def left_in_sqlite(folder):
    try:
        with closing(sqlite3.connect(folder / "lamplight.sqlite3")) as left:
            left.execute("PRAGMA synchronous=OFF")  # it has nothing to lose any more
            whole = left.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            return {key for (key,) in left.execute("SELECT idempotency_key FROM envelope")} if whole else None
    except sqlite3.DatabaseError:
        return None


def left_in_postgresql(data):
    """Start a server on what is left, let it recover, and have it check its tables and their indexes."""
    server = Cluster(folder=data.parent, settings=CUT_OFF)
    try:
        server.start()
        with psycopg.connect(server.url.replace("+psycopg", ""), autocommit=True) as left:
            return keys_of_a_whole(left)
    except (ServerDidNotStart, psycopg.Error):
        return None
    finally:
        server.stop()


def keys_of_a_whole(left):
    left.execute("CREATE EXTENSION amcheck")
    left.execute(
        "SELECT bt_index_check(indexrelid, true) FROM pg_index JOIN pg_class ON pg_class.oid = indrelid "
        "WHERE relname IN ('envelope', 'roll_entry')"
    )
    for table in ("envelope", "roll_entry"):
        faults = left.execute("SELECT * FROM verify_heapam(%s)", [table]).fetchall()
        if faults:
            return None
    return {bytes(key) for (key,) in left.execute("SELECT idempotency_key FROM envelope")}


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory):
    with recorded("sqlite", tmp_path_factory.mktemp("record"), PARTS) as run:
        yield run


@pytest.fixture(scope="module")
def on_postgresql(tmp_path_factory):
    with recorded("postgresql", tmp_path_factory.mktemp("record"), SERVER_PARTS, *LAZY) as run:
        yield run


def cut(run, moments, torn=None):
    """Cut the power at these moments and look at what each has left."""
    found, into = Found(), run.data.with_name("cut") / "data"
    into.parent.mkdir(exist_ok=True)
    look = left_in_sqlite if (run.before / "lamplight.sqlite3").exists() else left_in_postgresql
    for moment, disk, acknowledged in run.replayed():
        if moment in moments:
            disk.cut(into, torn)
            found.note(acknowledged, look(into))
    return found


def answers(run, *parts):
    """The moments after somebody in these parts of the run was thanked."""
    given = [(number, call) for number, call in enumerate(run.calls) if call.kind == "ack"]
    return [number for number, call in given if run.part_of(int(call.data)) in parts]


def until(run, part):
    """All moments up to the last thanks of a part."""
    return range(answers(run, part)[-1] + 1)


def synced(run, moments):
    return {Path(run.calls[number].path).name for number in moments if run.calls[number].kind == "synced"}


def test_a_power_cut_loses_nothing_that_was_acknowledged(on_sqlite, seed, figure):
    run, chance = on_sqlite, Random(seed)
    everything = until(run, HONEST)
    assert synced(run, everything) >= {"lamplight.sqlite3", "lamplight.sqlite3-wal"}, "the record holds no checkpoint"
    found = cut(run, set(answers(run, HONEST)))
    torn = cut(run, set(chance.sample(everything, min(TORN, len(everything)))), torn=chance)
    of = f"{found.cuts:,} cuts after an acknowledgement, {torn.cuts:,} torn by sectors"
    figure("T2", "power cut, SQLite", size=of, figure=f"{found.text}; torn: {torn.text}")
    assert (found.lost, found.corrupt, torn.lost, torn.corrupt) == (0, 0, 0, 0)


@pytest.mark.parametrize("part, level", [(NORMAL, "NORMAL"), (OFF, "OFF")])
def test_the_check_notices_a_database_that_does_not_sync_at_each_commit(part, level, on_sqlite, figure):
    found = cut(on_sqlite, set(answers(on_sqlite, part)))
    figure("T2", "power cut, SQLite", twin=f"{level}: {found.lost}/{found.cuts} cuts lose up to {found.most}")
    assert found.lost > 0


def test_a_power_cut_of_a_server_loses_nothing_that_was_acknowledged(on_postgresql, seed, figure):
    run, chance = on_postgresql, Random(seed)
    honest = answers(run, 0, 1)
    everything = range(honest[-1] + 1)
    assert synced(run, everything) >= {"pg_control", "pg_wal"}, "no checkpoint, or no segment renamed"
    found = cut(run, {honest[-1], *chance.sample(honest[:-1], min(SERVER_CUTS, len(honest)) - 1)})
    torn = cut(run, set(chance.sample(everything, min(SERVER_TORN, len(everything)))), torn=chance)
    of = f"{found.cuts:,} cuts after an acknowledgement, {torn.cuts:,} torn by sectors"
    figure("T2", "power cut, PostgreSQL", size=of, figure=f"{found.text}; torn: {torn.text}")
    assert (found.lost, found.corrupt, torn.lost, torn.corrupt) == (0, 0, 0, 0)


def test_the_check_notices_a_server_that_answers_before_it_has_synced(on_postgresql, figure):
    found = cut(on_postgresql, {answers(on_postgresql, FORGETFUL)[-1]})
    twin = f"synchronous_commit=off: {found.lost}/{found.cuts} cuts lose up to {found.most}"
    figure("T2", "power cut, PostgreSQL", twin=twin)
    assert found.lost > 0

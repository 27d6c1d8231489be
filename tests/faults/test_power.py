"""The disk of the replayed power cuts: what was synced stays, and nothing is taken for synced too early."""

from pathlib import Path
from random import Random

import pytest

from tests.faults.power import Disk
from tests.faults.tracing import Call, calls

FOLDER = "/data"
FILE = f"{FOLDER}/wal"


@pytest.fixture
def disk(tmp_path):
    before = tmp_path / "before"
    before.mkdir()
    (before / "wal").write_bytes(b"old.")
    return Disk(FOLDER, before)


def happen(disk, *events):
    for kind, path, more in events:
        disk.apply(Call(kind=kind, path=path, **more))


def left(disk, tmp_path, torn=None):
    disk.cut(tmp_path / "cut", torn)
    return {path.name: path.read_bytes() for path in (tmp_path / "cut").iterdir()}


def test_what_was_not_synced_is_gone(disk, tmp_path):
    happen(disk, ("write", FILE, {"data": b"new!"}), ("create", f"{FOLDER}/more", {}))
    assert left(disk, tmp_path) == {"wal": b"old."}


def test_what_was_written_while_a_sync_ran_is_not_certain(disk, tmp_path):
    happen(disk, ("write", FILE, {"data": b"new!"}), ("syncing", FILE, {"who": "1"}))
    happen(disk, ("write", FILE, {"offset": 4, "data": b"late"}), ("synced", FILE, {"who": "1"}))
    assert left(disk, tmp_path) == {"wal": b"new!"}


def test_two_syncs_at_once_settle_each_what_came_before_it(disk, tmp_path):
    happen(disk, ("syncing", FILE, {"who": "1"}), ("write", FILE, {"data": b"new!"}), ("syncing", FILE, {"who": "2"}))
    happen(disk, ("synced", FILE, {"who": "2"}), ("synced", FILE, {"who": "1"}))
    assert left(disk, tmp_path) == {"wal": b"new!"}


def test_a_name_counts_once_its_folder_was_synced(disk, tmp_path):
    happen(disk, ("rename", FILE, {"to": f"{FOLDER}/kept"}))
    assert left(disk, tmp_path) == {"wal": b"old."}
    happen(disk, ("syncing", FOLDER, {"who": "1"}), ("synced", FOLDER, {"who": "1"}))
    assert left(disk, tmp_path) == {"kept": b"old."}


def test_a_torn_cut_leaves_whole_sectors_of_what_was_pending(disk, tmp_path):
    happen(disk, ("write", FILE, {"data": b"x" * 1024}))
    found = {left(disk, tmp_path, torn=Random(seed))["wal"] for seed in range(16)}
    assert found == {b"old.", b"x" * 512, b"old." + bytes(508) + b"x" * 512, b"x" * 1024}


def test_a_call_that_another_cut_in_two_is_read_as_one(tmp_path):
    said = "".join(f"\\x{byte:02x}" for byte in FILE.encode())
    lines = (f"7 fdatasync(3<{said}> <unfinished ...>", "8 +++ exited with 0 +++", "7 <... fdatasync resumed>) = 0")
    (tmp_path / "log").write_text("\n".join(lines))
    found = calls(tmp_path / "log", folder=Path(FOLDER), acknowledgements=tmp_path, kept=lambda _path: True)
    assert [(call.kind, call.path, call.who) for call in found] == [("syncing", FILE, "7"), ("synced", FILE, "7")]


def test_a_name_without_a_folder_is_one_of_the_server_which_works_in_it(tmp_path):
    old, new = ("".join(f"\\x{byte:02x}" for byte in name) for name in (b"wal", b"kept"))
    (tmp_path / "log").write_text(f'7 rename("{old}", "{new}") = 0')
    found = calls(tmp_path / "log", folder=Path(FOLDER), acknowledgements=tmp_path, kept=lambda _path: True)
    assert [(call.kind, call.path, call.to) for call in found] == [("rename", FILE, f"{FOLDER}/kept")]


def test_what_is_written_to_a_name_that_nobody_made_is_a_hole_in_the_record(disk):
    with pytest.raises(AssertionError, match="nobody made"):
        happen(disk, ("write", f"{FOLDER}/unknown", {"data": b"lost"}))

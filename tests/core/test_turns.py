"""Writers to an SQLite file take turns, over threads and processes; whoever dies loses the turn."""

import fcntl
import os
import signal
import threading
import time

from app.core.databases import turns
from app.core.databases.turns import Turns


def test_two_threads_never_have_the_turn_at_once(tmp_path):
    line, inside, most = Turns(tmp_path / "turn"), [], []

    def write():
        for _ in range(20):
            with line.mine():
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=write) for _ in range(4)]
    [each.start() for each in threads]
    [each.join() for each in threads]
    assert most == [1] * 80


def test_another_process_waits_and_a_killed_one_loses_its_turn(tmp_path, monkeypatch):
    door, (heard, says) = tmp_path / "turn", os.pipe()
    child = os.fork()
    if child == 0:
        with Turns(door).mine():
            os.write(says, b"!")
            signal.pause()
    os.read(heard, 1)
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    opened = os.open(door, os.O_RDWR)
    assert not turns._is_held(opened)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert turns._is_held(opened)
    os.close(opened)


def test_whoever_has_been_in_stands_in_line_behind_another_process(tmp_path):
    first, (waits, goes), (heard, says) = Turns(tmp_path / "turn"), os.pipe(), os.pipe()
    child = os.fork()  # before anything is held: a lock belongs to both sides of a fork
    if child == 0:
        os.read(waits, 1)
        with Turns(tmp_path / "turn").mine():
            os.write(says, b"other")
        os._exit(0)
    with first.mine():
        os.write(goes, b"!")
        place, ends = os.open(first.line, os.O_RDWR | os.O_CREAT), time.monotonic() + 30
        while turns._is_held(place):  # until the other process stands there
            fcntl.flock(place, fcntl.LOCK_UN)
            assert time.monotonic() < ends
        os.close(place)
    with first.mine():
        os.write(says, b" and then I")
    os.waitpid(child, 0)
    assert os.read(heard, 100) == b"other and then I"


def test_a_door_that_cannot_be_opened_leaves_it_to_sqlite(tmp_path):
    with Turns(tmp_path / "no such folder" / "turn").mine():
        pass

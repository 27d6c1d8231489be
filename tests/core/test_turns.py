"""Writers to an SQLite file take turns, over threads and processes; whoever dies loses the turn."""

import os
import signal
import threading

from app.core import turns
from app.core.turns import Turns


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


def test_a_door_that_cannot_be_opened_leaves_it_to_sqlite(tmp_path):
    with Turns(tmp_path / "no such folder" / "turn").mine():
        pass

"""Whose turn it is to write to an SQLite file, over all threads and processes of a site.

SQLite has one writer at a time, and those who wait for it look again at ever longer intervals: whoever came last gets
in first, and among sixty casts some were refused after ten seconds. Here they stand in line: one thread of each process
at the file's door, the others behind it. A process that is killed loses its place and its turn with it.
"""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TURNS = "writers' turns"
PATIENCE = 30.0
LOOK_EVERY = 0.0002


class Turns:
    """The line before one database file. It is for fairness; that two never write at once is SQLite's own lock.

    One process at a time stands at the door, and only whoever stands there may go in next: without that, a thread of
    the process that has just come out would be back inside before another process has looked.
    """

    def __init__(self, door: Path) -> None:
        self.door, self.line = door, door.with_name(door.name + "-line")
        self.here = threading.Lock()

    @contextmanager
    def mine(self) -> Iterator[None]:
        """Wait for the turn and have it until the block ends; after `PATIENCE` seconds go on and let SQLite decide."""
        ends = time.monotonic() + PATIENCE
        first = self.here.acquire(timeout=PATIENCE)
        try:
            standing = _wait_for(self.line, ends)
            inside = _wait_for(self.door, ends)
            _leave(standing)
            try:
                yield
            finally:
                _leave(inside)
        finally:
            if first:
                self.here.release()


def _wait_for(place: Path, ends: float) -> int | None:
    """The place, held until it is left or the process ends; None where the disk is full or read-only: SQLite will say
    so better."""
    try:
        opened = os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        return None
    while not _is_held(opened) and time.monotonic() < ends:
        time.sleep(LOOK_EVERY)
    return opened


def _leave(opened: int | None) -> None:
    if opened is not None:
        os.close(opened)


def _is_held(opened: int) -> bool:
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

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
from contextlib import contextmanager, suppress
from pathlib import Path

TURNS = "writers' turns"
PATIENCE = 30.0
LOOK_EVERY = 0.001


class Turns:
    """The line before one database file. It is for fairness; that two never write at once is SQLite's own lock."""

    def __init__(self, door: Path) -> None:
        self.door = door
        self.here = threading.Lock()

    @contextmanager
    def mine(self) -> Iterator[None]:
        """Wait for the turn and have it until the block ends; after `PATIENCE` seconds go on and let SQLite decide."""
        ends = time.monotonic() + PATIENCE
        first = self.here.acquire(timeout=PATIENCE)
        try:
            with _at_the_door(self.door, ends):
                yield
        finally:
            if first:
                self.here.release()


@contextmanager
def _at_the_door(door: Path, ends: float) -> Iterator[None]:
    opened = None
    with suppress(OSError):  # a full or read-only disk: SQLite will say so better
        opened = os.open(door, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        while opened is not None and not _is_held(opened) and time.monotonic() < ends:
            time.sleep(LOOK_EVERY)
        yield
    finally:
        if opened is not None:
            os.close(opened)


def _is_held(opened: int) -> bool:
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

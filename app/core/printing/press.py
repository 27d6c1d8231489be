"""The press: a process of its own that makes PDFs within limits of memory and time, so that none takes the site down.

One press stands beside each process that prints. It loads the library once and forks for every sheet; what a hostile
or enormous document can take is what its fork may take.
"""

import atexit
import os
import pickle
import select
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import IO, Any

from app.core.printing.pdf import STEPS, ForeignAddress, Sheet

CHILD = Path(__file__).with_name("press_child.py")
HEAD = struct.Struct(">cI")
"""Before everything the press says: what it is, and how many bytes follow."""
NICE = 10
"""How far back a sheet stands behind those who serve pages."""
PATIENCE = 5
"""Seconds after its time in which a sheet ends itself; a press that has not said so then hangs."""


class Fault(StrEnum):
    """Why a sheet did not become a file."""

    MEMORY = "memory"
    TIME = "time"
    ENDED = "ended"
    FAILED = "failed"


class NotPrinted(RuntimeError):
    """The press gave no file for a sheet."""

    def __init__(self, fault: Fault, said: str = "") -> None:
        super().__init__(f"{fault.value}: {said}" if said else fault.value)
        self.fault = fault


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one sheet may take: megabytes beyond those of the press, seconds by the clock, kindness to others (nice)."""

    megabytes: int = 1500
    seconds: int = 180
    nice: int = field(default_factory=lambda: NICE)


def printed(sheet: Sheet, *, limits: Limits | None = None, hear: Callable[[float], None] | None = None) -> bytes:
    """The PDF of a sheet, made by the press; `hear` is told the share done, 0 to 1. One sheet at a time a process.

    Raises ForeignAddress as `pdf.rendered` does, and NotPrinted where a limit was reached or the press has died.
    """
    limits = limits or Limits()
    with _LOCK:
        press = _running()
        try:
            _send(press, {"sheet": asdict(sheet) | {"variant": sheet.variant.value}, "limits": asdict(limits)})
            return _answer(press, limits, hear or (lambda done: None))
        except (OSError, EOFError) as reason:
            _stop(press)
            raise NotPrinted(Fault.ENDED) from reason


_LOCK = Lock()
_PRESSES: dict[int, subprocess.Popen[bytes]] = {}


def _running() -> subprocess.Popen[bytes]:
    press = _PRESSES.get(os.getpid())
    if press is None or press.poll() is not None:
        command = [sys.executable, "-I", "-u", str(CHILD)]
        press = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        _PRESSES[os.getpid()] = press
        atexit.register(_stop, press)
    return press


def _stop(press: subprocess.Popen[bytes]) -> None:
    press.kill()
    press.wait()
    for pipe in (press.stdin, press.stdout):
        if pipe is not None:
            pipe.close()
    if _PRESSES.get(os.getpid()) is press:
        del _PRESSES[os.getpid()]


def _send(press: subprocess.Popen[bytes], order: dict[str, Any]) -> None:
    assert press.stdin is not None  # it was opened with a pipe
    content = pickle.dumps(order)
    press.stdin.write(struct.pack(">I", len(content)) + content)
    press.stdin.flush()


def _answer(press: subprocess.Popen[bytes], limits: Limits, hear: Callable[[float], None]) -> bytes:
    assert press.stdout is not None  # it was opened with a pipe
    until = time.monotonic() + limits.seconds + PATIENCE
    while True:
        said, content = _frame(press.stdout, until)
        if said == b"s":
            hear(content[0] / STEPS)
        elif said == b"r":
            return content
        elif said == b"a":
            raise ForeignAddress(content.decode())
        else:
            fault, _, words = content.decode().partition(": ")
            raise NotPrinted(Fault(fault), words)


def _frame(pipe: IO[bytes], until: float) -> tuple[bytes, bytes]:
    said, length = HEAD.unpack(_exactly(pipe, HEAD.size, until))
    return said, _exactly(pipe, length, until)


def _exactly(pipe: IO[bytes], length: int, until: float) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        left = until - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            raise EOFError
        part = os.read(pipe.fileno(), length - len(parts))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)

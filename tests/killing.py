"""`kill -9` of a process at a named moment: just before or just after a function of the code is called in it."""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from typing import Any

from app.core.db import db


@dataclass(frozen=True, kw_only=True)
class Moment:
    """Just before the `call`-th call of what stands in `owner` under `name`; or just after it has come back."""

    owner: Any
    name: str
    call: int = 1
    is_after: bool = False


def killed(act: Callable[[], object], *, at: Moment) -> None:
    """Do `act` in a process of its own, wait until it comes to that moment, and kill it there.

    Raises AssertionError where it ended without coming so far: then nothing was tried.
    """
    db.session.remove()
    db.engine.dispose()  # no connection may be shared with the child
    hears, says = os.pipe()
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            _stop(at, says)
            act()
        os._exit(0)
    os.close(says)
    has_come = os.read(hears, 1)
    os.close(hears)
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    assert has_come and os.WTERMSIG(status) == signal.SIGKILL, f"it ended before {at.name} was called"


def _stop(at: Moment, says: int) -> None:
    honest, calls = getattr(at.owner, at.name), count(1)

    def stopping(*given: Any, **named: Any) -> Any:
        is_now = next(calls) == at.call
        if is_now and not at.is_after:
            _wait_for_the_end(says)
        came = honest(*given, **named)
        if is_now:
            _wait_for_the_end(says)
        return came

    setattr(at.owner, at.name, stopping)


def _wait_for_the_end(says: int) -> None:
    os.write(says, b".")
    while True:
        signal.pause()

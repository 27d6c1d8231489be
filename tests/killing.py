"""`kill -9` of a process at a named moment: just before or just after a function of the code is called in it."""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from app.core.db import db


@dataclass(frozen=True, kw_only=True)
class Moment:
    """Just before somebody calls what stands in `owner` under `name`; or just after, when it has come back."""

    owner: Any
    name: str
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
    honest = getattr(at.owner, at.name)

    def stopping(*given: Any, **named: Any) -> None:
        if at.is_after:
            honest(*given, **named)
        os.write(says, b".")
        while True:
            signal.pause()

    setattr(at.owner, at.name, stopping)

"""Whether the database keeps what it has acknowledged, and whether its clock can be believed: asked before a vote.

The worker writes the time down every minute, in a file beside the database, so that a clock which goes back is noticed.
"""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

import sqlalchemy as sa
from flask import current_app
from flask_babel import gettext as _

from app.core.clock import deadline_now, is_pretended, now
from app.core.db import db
from app.core.errors import DomainError

# Setting → the answers that lose nothing that was acknowledged (voting.md section 4, "Settings").
SAFE_SQLITE = {
    "PRAGMA journal_mode": ("wal",),
    "PRAGMA synchronous": ("2", "3"),
    "PRAGMA foreign_keys": ("1",),
    "PRAGMA secure_delete": ("1",),
}
SAFE_POSTGRESQL = {
    "SHOW fsync": ("on",),
    "SHOW synchronous_commit": ("on", "remote_apply"),
    "SHOW full_page_writes": ("on",),
}

TOLERANCE = timedelta(seconds=2)
"""How far the clocks of app and database may be apart, and how far a clock may step back, before it is a problem."""
READINGS = 3


class ClockFault(StrEnum):
    """What can be wrong with the time."""

    APART = "apart"
    WENT_BACK = "went_back"


@dataclass(frozen=True, kw_only=True)
class ClockProblem:
    """Something wrong with the time, and by how much."""

    fault: ClockFault
    by: timedelta


class ClockWentBack(DomainError):
    """The clock that decides is behind a moment that has already been: nothing can be in time or late."""

    status = 503

    def __init__(self) -> None:
        message = _(
            "The clock of this site has gone back, so nobody can say what comes in time. Nothing was stored and nothing"
            " is lost. Please try again later; the people who run the site have to set the clock right."
        )
        super().__init__(ClockFault.WENT_BACK.value, message)


def durability_problems() -> list[str]:
    """Every setting of this connection that could lose or bend an acknowledged vote, as `setting = value`."""
    safe = SAFE_POSTGRESQL if db.session.get_bind().dialect.name == "postgresql" else SAFE_SQLITE
    found = {question: str(db.session.execute(sa.text(question)).scalar_one()) for question in safe}
    return [f"{question.split()[1]} = {answer}" for question, answer in found.items() if answer not in safe[question]]


def clock_problems(*, newest: datetime | None = None) -> list[ClockProblem]:
    """What is wrong with the clocks by more than two seconds; `newest` is the latest moment on record elsewhere."""
    if is_pretended():
        return []
    found = {ClockFault.APART: clocks_apart(), ClockFault.WENT_BACK: clock_is_behind(newest)}
    return [ClockProblem(fault=fault, by=by) for fault, by in found.items() if by > TOLERANCE]


def clocks_apart() -> timedelta:
    """By how much the clocks of app and database differ at the least; zero on SQLite, which has no clock of its own.

    The database's answer was made somewhere between our question and its arrival, so only what lies outside of the
    two is a difference. Of several readings the largest such difference holds.
    """
    apart = timedelta()
    for _reading in range(READINGS if db.session.get_bind().dialect.name == "postgresql" else 0):
        asked, theirs, arrived = now(), deadline_now(), now()
        apart = max(apart, asked - theirs, theirs - arrived)
    return apart


def clock_is_behind(newest: datetime | None = None) -> timedelta:
    """By how much the deciding clock is behind the latest moment on record; zero where it is not."""
    return _behind(deadline_now(), _kept_time(), newest)


def deciding_now() -> datetime:
    """`deadline_now()` for a decision that cannot be taken back; raises ClockWentBack where the clock has gone back."""
    moment = deadline_now()
    if not is_pretended() and _behind(moment, _kept_time()) > TOLERANCE:
        raise ClockWentBack
    return moment


def keep_time() -> None:
    """Write the present moment down, unless a later one is on record. The worker does so every minute."""
    moment, known = deadline_now(), _kept_time()
    if known is not None and moment <= known:
        return
    fresh = time_file().with_suffix(".new")
    fresh.write_text(moment.isoformat())
    os.replace(fresh, time_file())


def time_file() -> Path:
    """Where the time is kept; whoever has set a wrong clock right may remove it."""
    folder: Path = current_app.config["DATA_DIR"]
    return folder / "clock"


def _behind(moment: datetime, *known: datetime | None) -> timedelta:
    return max([timedelta(), *(each - moment for each in known if each is not None)])


def _kept_time() -> datetime | None:
    try:
        return datetime.fromisoformat(time_file().read_text())
    except (OSError, ValueError):
        return None

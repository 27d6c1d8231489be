"""Reading how the site itself is doing: the database, the worker, the version and the audit chain."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from app.audit.queries import Break, first_break
from app.core.clock import now
from app.core.db import db
from app.core.jobs import Job, JobStage

LATE = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class WorkerFacts:
    """What the rows of jobs say: when one was last finished, how many wait, and since when the oldest does."""

    last_seen_at: datetime | None
    waiting: int
    oldest_waiting_at: datetime | None
    failed: int
    is_late: bool


def database_answers() -> bool:
    """Whether the database answers a question."""
    try:
        return bool(db.session.execute(sa.text("SELECT 1")).scalar_one() == 1)
    except SQLAlchemyError:
        db.session.rollback()
        return False


def worker() -> WorkerFacts:
    """How the worker is doing, in one statement."""
    is_waiting = Job.stage == JobStage.WAITING
    query = sa.select(
        sa.func.max(Job.finished_at),
        sa.func.count().filter(is_waiting),
        sa.func.min(Job.created_at).filter(is_waiting),
        sa.func.count().filter(Job.stage == JobStage.FAILED),
    )
    last, waiting, oldest, failed = db.session.execute(query).one()
    return WorkerFacts(
        last_seen_at=last,
        waiting=waiting,
        oldest_waiting_at=oldest,
        failed=failed,
        is_late=oldest is not None and now() - oldest > LATE,
    )


def chain_break() -> Break | None:
    """The first entry at which the audit chain does not hold; checked at most once a minute for each database."""
    return _chain_break(str(db.engine.url), now().strftime("%Y%m%d%H%M"))


@lru_cache(maxsize=8)
def _chain_break(_database: str, _minute: str) -> Break | None:
    return first_break()


@lru_cache(maxsize=1)
def version() -> str:
    """The version of this program."""
    described = Path(current_app.root_path).parent / "pyproject.toml"
    return str(tomllib.loads(described.read_text())["project"]["version"])

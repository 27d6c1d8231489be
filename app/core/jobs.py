"""Jobs: long work as rows of our own, leased to a worker, so that a killed one runs again and none takes effect twice.

Huey only carries the news that a job waits; if the news is lost, the sweep finds the row.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
import structlog
from flask import Flask, current_app
from huey import Huey, PostgresHuey, SqliteHuey, crontab
from sqlalchemy.orm import Mapped, mapped_column

from app.core.clock import now
from app.core.db import Model, after_commit, db, fixed_bytes, locked, transaction, words
from app.core.tokens import random_id

log = structlog.get_logger()
LEASE = timedelta(minutes=5)
TRIES = 5
RENEWED_EVERY = timedelta(minutes=1)


class JobStage(StrEnum):
    """Where a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Model):
    """One piece of long work: its kind, ids as arguments, and the lease of whoever runs it."""

    __tablename__ = "job"
    __table_args__ = (
        sa.CheckConstraint("(stage = 'running') = (lease IS NOT NULL)", name="leased_while_running"),
        sa.CheckConstraint("(lease IS NULL) = (leased_until IS NULL)", name="lease_has_an_end"),
        sa.Index("ix_job_stage_leased_until", "stage", "leased_until"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(60))
    arguments: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    stage: Mapped[JobStage] = mapped_column(words(JobStage, "job_stage"))
    tries: Mapped[int]
    lease: Mapped[bytes | None] = mapped_column(fixed_bytes(16))
    leased_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(sa.Text)


class LeaseLost(RuntimeError):
    """Another worker holds the job now: what this one made must not be kept."""


@dataclass(frozen=True, kw_only=True)
class Lease:
    """The right to finish one job."""

    job_id: int
    token: bytes
    arguments: Mapping[str, Any]
    hear: Callable[[float], None] | None = None
    """Whoever runs the job in the foreground hears here how far it has come, 0 to 1."""

    @contextmanager
    def finishing(self) -> Iterator[None]:
        """A transaction that keeps the job's effect and marks it done together, only while the lease is still ours."""
        with transaction():
            job = locked(Job, self.job_id)
            if job is None or job.lease != self.token:
                raise LeaseLost(self.job_id)
            yield
            job.stage, job.lease, job.leased_until, job.finished_at = JobStage.DONE, None, None, now()

    def renew(self) -> None:
        """Say that the work goes on, so that nobody else begins it; joins an open transaction. Raises LeaseLost."""
        with transaction():
            job = locked(Job, self.job_id)
            if job is None or job.lease != self.token:
                raise LeaseLost(self.job_id)
            job.leased_until = now() + LEASE


Handler = Callable[[Lease], None]
Arguments = Mapping[str, Any]


def telling(lease: Lease, tell: Callable[[Arguments, int], None]) -> Callable[[float], None]:
    """A listener for the share of the work done, 0 to 1: it renews the lease at each new percent and every minute.

    `tell` then gets the job's arguments and the percent, inside the same transaction.
    """
    told, renewed_at = 0, now()

    def hear(done: float) -> None:
        nonlocal told, renewed_at
        if lease.hear is not None:
            lease.hear(done)
        percent, moment = int(100 * done), now()
        if percent > told or moment - renewed_at >= RENEWED_EVERY:
            told, renewed_at = max(told, percent), moment
            with transaction():
                lease.renew()
                tell(lease.arguments, told)

    return hear


def enqueue(kind: str, **arguments: int | str) -> Job:
    """Leave a job with the change that asks for it (call it inside the transaction); ids only, never content."""
    job = Job(kind=kind, arguments=arguments, stage=JobStage.WAITING, tries=0, created_at=now())
    db.session.add(job)
    db.session.flush()
    job_id = job.id
    after_commit(lambda: current_app.extensions["job_transport"](job_id))
    return job


def is_on_its_way(kind: str, **arguments: int | str) -> bool:
    """Whether a job with these arguments waits or runs; a failed one is not coming any more."""
    coming = Job.stage.in_((JobStage.WAITING, JobStage.RUNNING))
    return arguments in db.session.scalars(sa.select(Job.arguments).where(Job.kind == kind, coming)).all()


def run(job_id: int, hear: Callable[[float], None] | None = None) -> None:
    """Run one job if nobody else does: lease it, call its handler, and note a failure for the next try.

    `hear`, if given, is told the share of the work done, 0 to 1, by jobs that tell it.
    """
    lease = _take(job_id, hear)
    if lease is None:
        return
    kind, token = lease
    handlers: Mapping[str, Handler] = current_app.extensions["job_wiring"]
    try:
        handlers[kind](token)
    except Exception as reason:  # whatever it was, the row must say so and the worker must live
        log.exception("job failed", job=job_id, kind=kind)
        _note_failure(token, f"{type(reason).__name__}: {reason}")


def run_waiting() -> int:
    """Run every job that waits or whose lease has run out; returns how many were looked at. The sweep, and tests."""
    due = _due()
    for job_id in due:
        run(job_id)
    return len(due)


def announce_waiting() -> None:
    """Tell the workers of every job that waits, in case nobody was there when it was left."""
    for job_id in _due():
        current_app.extensions["job_transport"](job_id)


def init_jobs(
    app: Flask,
    handlers: Mapping[str, Handler],
    every_minute: Sequence[Callable[[], object]] = (),
    every_ten_minutes: Sequence[Callable[[], object]] = (),
) -> None:
    """Give the app its handlers and its transport (in tests nothing carries the news; they call `run_waiting`).

    The worker calls each of `every_minute` once a minute, each of `every_ten_minutes` at each full ten minutes; one
    that fails keeps no other from its turn. What must not be lost leaves a job.
    """
    app.extensions["job_wiring"] = handlers
    app.extensions["job_transport"] = lambda job_id: None
    if not app.testing:
        huey = _huey(app)
        app.extensions["huey"] = huey
        app.extensions["job_transport"] = huey.task()(_in_context(app, run))
        for act in (run_waiting, *every_minute):
            huey.periodic_task(crontab())(_in_context(app, act))
        for act in every_ten_minutes:
            huey.periodic_task(crontab(minute="*/10"))(_in_context(app, act))


def make_queue(app: Flask) -> None:
    """Make the tables of the transport where they are not there yet; `flask ready` does so before anything serves."""
    _huey(app).storage.initialize_schema()


def _huey(app: Flask) -> Huey:
    # Without its tables: a web worker that starts while the database is away must live to see it come back, and two
    # that made them at once would not both start.
    url = sa.make_url(app.config["SQLALCHEMY_DATABASE_URI"])
    if url.get_backend_name() == "postgresql":
        dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
        return PostgresHuey("lamplight", results=False, create_tables=False, dsn=dsn)
    queue = app.config["DATA_DIR"] / "jobs.sqlite3"
    return SqliteHuey("lamplight", results=False, create_tables=False, filename=str(queue))


def _in_context(app: Flask, act: Callable[..., Any]) -> Callable[..., None]:
    def task(*arguments: Any) -> None:
        with app.app_context():
            act(*arguments)

    task.__name__ = f"{act.__module__}_{act.__name__}".replace(".", "_")  # huey knows a task by its name
    return task


def _due() -> list[int]:
    ids = list(db.session.scalars(sa.select(Job.id).where(_runnable()).order_by(Job.id)))
    db.session.rollback()
    return ids


def _runnable() -> sa.ColumnElement[bool]:
    return sa.or_(Job.stage == JobStage.WAITING, sa.and_(Job.stage == JobStage.RUNNING, Job.leased_until < now()))


def _take(job_id: int, hear: Callable[[float], None] | None) -> tuple[str, Lease] | None:
    token = random_id()
    with transaction():
        taken = db.session.execute(
            sa.update(Job)
            .where(Job.id == job_id, _runnable())
            .values(stage=JobStage.RUNNING, lease=token, leased_until=now() + LEASE, tries=Job.tries + 1)
        )
        if taken.rowcount != 1:  # type: ignore[attr-defined]  # a DML result counts its rows
            return None
        job = db.session.get_one(Job, job_id)
        if job.tries > TRIES:
            _give_up(job, f"its worker ended {TRIES} times without a word")
            return None
        return job.kind, Lease(job_id=job_id, token=token, arguments=dict(job.arguments), hear=hear)


def _note_failure(lease: Lease, error: str) -> None:
    with transaction():
        job = locked(Job, lease.job_id)
        if job is None or job.lease != lease.token:
            return
        if job.tries >= TRIES:
            _give_up(job, error)
        else:
            job.stage, job.lease, job.leased_until, job.error = JobStage.WAITING, None, None, error[:2000]


def _give_up(job: Job, error: str) -> None:
    job.stage, job.lease, job.leased_until = JobStage.FAILED, None, None
    job.error, job.finished_at = error[:2000], now()

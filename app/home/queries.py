"""Reading for the front page, and how the site itself is doing: database, worker, version, audit chain."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from app.audit.queries import Break, first_break
from app.core.access import Actor
from app.core.clock import deadline_now, now
from app.core.db import db
from app.core.jobs import Job, JobStage
from app.cycles import queries as cycles
from app.cycles.queries import CycleFacts, PhaseFacts
from app.cycles.rules import PhaseKind
from app.home.rules import NextAct, next_act, own_first
from app.taskforces.projects import queries as projects
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.seats import queries as seats
from app.taskforces.updates import queries as updates
from app.taskforces.updates.queries import UpdateRow
from app.voting import queries as votes
from app.voting.ballots import queries as ballots
from app.voting.results import queries as results
from app.voting.results.queries import ResultCard
from app.voting.rules import Channel

LATE = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class WorkerFacts:
    """What the rows of jobs say: when one was last finished, how many wait, and since when the oldest does."""

    last_seen_at: datetime | None
    waiting: int
    oldest_waiting_at: datetime | None
    failed: int
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class OnNow:
    """A cycle with the phase that is on, and the one clear thing this person can do in it."""

    cycle: CycleFacts
    phase: PhaseFacts | None
    act: NextAct


@dataclass(frozen=True, kw_only=True)
class FrontPage:
    """What the front page tells: what is on, what was decided, what got built, what was said last."""

    on_now: list[OnNow]
    decided: list[ResultCard]
    built: list[ProjectCard]
    updates: list[UpdateRow]
    may_be_asked_to_sign: bool
    """Whether the viewer co-chairs a task force, or is a deputy there: their own page is one step away."""


def front_page(viewer: Actor | None) -> FrontPage:
    """The front page for `viewer`: their own neighborhood first. Cycles in delivery are told by their projects."""
    moment = deadline_now()
    home_id = viewer.resident_of if viewer else None
    running = [(cycle, cycle.on(moment)) for cycle in own_first(cycles.now_on(), home_id)]
    return FrontPage(
        on_now=[_on_now(cycle, on, viewer) for cycle, on in running if on and on.kind is not PhaseKind.DELIVERING],
        decided=list(results.cards(size=2, held_here=True).items),
        built=projects.built(limit=3),
        updates=updates.latest(limit=3),
        may_be_asked_to_sign=viewer is not None and seats.may_be_asked_to_sign(viewer.id),
    )


def _on_now(cycle: CycleFacts, on: PhaseFacts, viewer: Actor | None) -> OnNow:
    return OnNow(cycle=cycle, phase=on, act=next_act(cycle, on, has_voted=_has_voted(cycle, on, viewer)))


def _has_voted(cycle: CycleFacts, on: PhaseFacts, viewer: Actor | None) -> bool:
    vote = votes.find_vote(cycle.id) if viewer and on.kind is PhaseKind.VOTING else None
    if viewer is None or vote is None:
        return False
    return ballots.channel_of(vote.id, viewer) in (Channel.ONLINE, Channel.PAPER_RETURNED)


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

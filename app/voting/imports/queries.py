"""Reading imports: whether a file has been brought in before, and how far it came."""

import json
from dataclasses import dataclass

import sqlalchemy as sa

from app.core.db import db
from app.core.jobs import Job
from app.cycles.models import Cycle, RuleCard
from app.places.models import Category, Neighborhood
from app.voting.models import Result, Vote
from app.voting.rules import CheckStage, VoteStage


@dataclass(frozen=True, kw_only=True)
class Imported:
    """A vote that came from a file: its cycle, the rule and lot order it is counted by, and where it stands."""

    cycle_id: int
    cycle_name: str
    rule: str
    lot_order: tuple[int, ...]
    stage: VoteStage


@dataclass(frozen=True, kw_only=True)
class Check:
    """The second count of an imported vote: its job, and how far it is, in percent."""

    job_id: int | None
    stage: CheckStage
    percent: int
    error: str | None


def of_file(sha256: str, neighborhood_id: int) -> Imported | None:
    """The vote that this file (by its SHA-256 in hex) has become in that neighborhood, or None."""
    query = (
        sa.select(Cycle.id, Cycle.name, Cycle.count_rule, Vote.stage, RuleCard.content)
        .join(RuleCard, RuleCard.cycle_id == Cycle.id)
        .join(Vote, Vote.cycle_id == Cycle.id)
        .where(Cycle.neighborhood_id == neighborhood_id)
        .where(RuleCard.lot_commitment.is_(None), RuleCard.content.contains(f'"sha256":"{sha256}"'))
    )
    found = db.session.execute(query).first()
    if found is None:
        return None
    order = tuple(json.loads(found.content)["lot_order"])
    return Imported(cycle_id=found.id, cycle_name=found.name, rule=found.count_rule, lot_order=order, stage=found.stage)


def neighborhood(slug: str) -> Neighborhood | None:
    """The neighborhood with this address."""
    return db.session.scalar(sa.select(Neighborhood).where(Neighborhood.slug == slug))


def categories(neighborhood_id: int) -> list[tuple[int, str]]:
    """Id and name of every category of a neighborhood, in its order."""
    query = sa.select(Category.id, Category.name).where(Category.neighborhood_id == neighborhood_id)
    return [(row.id, row.name) for row in db.session.execute(query.order_by(Category.position, Category.id))]


def check(cycle_id: int, kind: str) -> Check:
    """Where the second count of the cycle's latest result stands; `kind` is the kind of job that makes it."""
    db.session.rollback()  # ends the read before, so that what a worker has written meanwhile is seen
    of_cycle = sa.select(Result).join(Vote, Vote.id == Result.vote_id).where(Vote.cycle_id == cycle_id)
    result = db.session.scalars(of_cycle.order_by(Result.number.desc()).limit(1)).one()
    jobs = db.session.scalars(sa.select(Job).where(Job.kind == kind).order_by(Job.id.desc()))
    job = next((job for job in jobs if job.arguments.get("result_id") == result.id), None)
    return Check(
        job_id=job.id if job else None,
        stage=result.check_stage,
        percent=result.check_percent,
        error=job.error if job else None,
    )


def newest_job() -> int:
    """The number of the newest job, 0 where there is none."""
    return db.session.scalar(sa.select(sa.func.max(Job.id))) or 0


def jobs_since(job_id: int, *, but: str) -> list[int]:
    """The jobs left after that one, but for one kind."""
    return list(db.session.scalars(sa.select(Job.id).where(Job.id > job_id, Job.kind != but).order_by(Job.id)))

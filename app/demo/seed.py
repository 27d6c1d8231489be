"""Seeding the demo: three years of Riverside up to today, deterministic but for random ids, seals and lots."""

from random import Random
from typing import Any

import sqlalchemy as sa
from flask import current_app
from flask_migrate import downgrade, upgrade

from app.accounts.models import Person
from app.core import jobs
from app.core.access import Actor
from app.core.db import db, transaction
from app.core.jobs import Job, JobStage
from app.cycles import services as cycles
from app.cycles.rules import PhaseKind, Stage
from app.demo import delivery, ground, people, rounds
from app.demo.days import calendar
from app.demo.people import Cast
from app.demo.rounds import Plan
from app.demo.texts import riverside
from app.notifications.models import Message
from app.places.models import Neighborhood
from app.reports import services as reports
from app.taskforces.models import TaskForce

LEAD_TO_VOTING = 70
VOTED_NOW, VOTED_BEFORE = 318, 240


class NotTheDemo(RuntimeError):
    """Invented people never meet real ones: this site is not in demo mode, or it holds something already."""


def empty() -> None:
    """Throw the demo away: every table is taken back and made anew. Refused where the demo is not on."""
    if not current_app.config["DEMO"]:
        raise NotTheDemo
    db.session.remove()
    downgrade(revision="base")
    upgrade()


def seed_once() -> None:
    """Fill an empty demo; leave one that has been filled as it is."""
    if db.session.scalar(sa.select(sa.exists().where(Neighborhood.id.is_not(None)))):
        return
    seed()


def seed() -> None:
    """Live through three years of Riverside."""
    if not current_app.config["DEMO"] or db.session.scalar(sa.select(sa.exists().where(Person.id.is_not(None)))):
        raise NotTheDemo
    cast = Cast(calendar=calendar(), random=Random("Riverside"))
    people.staff(cast)
    with cast.calendar.at(people.ARRIVED + 1):
        where = ground.neighborhood(cast.parts["clerk"])
    people.residents(cast, where)
    bodies = delivery.task_forces(cast, where)
    _delivered(cast, where, bodies)
    _in_delivery(cast, where, bodies)
    _now(cast, where)
    _quiet()


def _delivered(cast: Cast, where: Neighborhood, bodies: list[TaskForce]) -> None:
    told = _named("delivered", cast, back=2)
    plan = Plan(told=told, starts=-800, pot_cents=260_000_00, contingency_cents=10_000_00, delivers_days=620)
    cycle_id = _counted(plan, cast, where)
    delivery.deliver(cycle_id, cast, bodies, starts=plan.first(PhaseKind.DELIVERING) + 5, step=75, finished=True)
    with cast.calendar.at(plan.first(PhaseKind.DELIVERING) + plan.delivers_days + 2):
        cycles.step(cycle_id, Stage.CLOSED, by=cast.parts["clerk"])


def _in_delivery(cast: Cast, where: Neighborhood, bodies: list[TaskForce]) -> None:
    told = _named("delivering", cast, back=1)
    plan = Plan(told=told, starts=-410, pot_cents=320_000_00, contingency_cents=15_000_00, delivers_days=700)
    cycle_id = _counted(plan, cast, where)
    delivery.deliver(cycle_id, cast, bodies, starts=plan.first(PhaseKind.DELIVERING) + 5, step=140, finished=False)


def _named(key: str, cast: Cast, *, back: int) -> dict[str, Any]:
    """The texts of a cycle under the year it is for: next spring's, less the years `back`."""
    year = cast.calendar.on(180).year - back
    return {**riverside()[key], "year": year, "name": f"Riverside {year}"}


def _counted(plan: Plan, cast: Cast, where: Neighborhood) -> int:
    cycle_id = _ballot(plan, cast, where)
    rounds.vote(plan, cycle_id, cast, cast.residents[10 : 10 + VOTED_BEFORE])
    rounds.decide(plan, cycle_id, cast)
    with cast.calendar.at(plan.first(PhaseKind.DELIVERING) + 1):
        reports.publish_results(cycle_id, language="en", by=cast.parts["clerk"])
        for job_id in db.session.scalars(sa.select(Job.id).where(Job.kind == reports.RENDER, Job.tries == 0)).all():
            jobs.run(job_id)
    return cycle_id


def _now(cast: Cast, where: Neighborhood) -> None:
    told = _named("now", cast, back=0)
    plan = Plan(
        told=told, starts=-7 - LEAD_TO_VOTING, pot_cents=495_000_00, contingency_cents=15_000_00, delivers_days=420
    )
    cycle_id = _ballot(plan, cast, where)
    rounds.vote(plan, cycle_id, cast, _voters(cast))


def _voters(cast: Cast) -> list[Actor]:
    """Some have voted; whoever is offered as not having voted yet has not."""
    not_yet = {cast.parts["voter"].id}
    random_rest = [actor for actor in cast.residents[9:] if actor.id not in not_yet]
    return [cast.parts["voted"], *random_rest[: VOTED_NOW - 1]]


def _ballot(plan: Plan, cast: Cast, where: Neighborhood) -> int:
    cycle_id = rounds.begin(plan, cast, where)
    made = rounds.propose(plan, cycle_id, cast, where)
    rounds.review(plan, cycle_id, made, cast)
    return cycle_id


def _quiet() -> None:
    """The demo's past wrote mails nobody will read: they are not sent."""
    with transaction():
        db.session.execute(sa.delete(Job).where(Job.stage != JobStage.DONE))
        db.session.execute(sa.delete(Message).where(Message.sent_at.is_(None)))

"""Seeding the demo: three years of Riverside up to today, deterministic but for random ids, seals and lots."""

from functools import partial
from random import Random

import sqlalchemy as sa
from flask import current_app
from flask_migrate import downgrade, upgrade

from app.accounts.models import Person
from app.core.db import db, transaction
from app.core.jobs import Job, JobStage
from app.cycles.rules import PhaseKind
from app.demo import ground, people, talk, wordings
from app.demo.days import Diary, calendar
from app.demo.people import Cast
from app.demo.rounds import VOTING_BEGINS, Plan, Round, work_through
from app.demo.texts import riverside
from app.demo.work import asking, bodies, editions, indicators, meetings, overseers, quarters
from app.notifications.models import Message
from app.places.models import Neighborhood
from app.reports.rules import RENDER
from app.voting.notices import services as notices


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
    diary = Diary(cast.calendar)
    bodies.foresee(cast, where, diary)
    overseers.foresee(cast, where, diary)
    indicators.foresee(cast, where, diary)
    quarters.foresee(cast, diary)
    rounds = [Round(plan, cast, where, diary) for plan in _plans(cast)]
    for each in rounds:
        each.foresee()
    talk.foresee(rounds[-1].made, cast, diary, starts=rounds[-1].plan.first(PhaseKind.REVIEWING))
    wordings.foresee(rounds[-1].made, cast, diary, starts=rounds[-1].plan.first(PhaseKind.REVIEWING))
    asking.foresee(cast, where, diary)
    editions.foresee(cast, where, diary, work=partial(work_through, RENDER))
    today = meetings.foresee(cast, diary)
    diary.live()
    meetings.begin_now(today)
    rounds[-1].holders.leave_keys()
    people.newcomer(cast, where)
    _quiet()


def _plans(cast: Cast) -> tuple[Plan, ...]:
    """A cycle that is delivered, one that is being delivered, and one whose vote opened a week ago."""
    return (
        _plan("delivered", cast, back=2, starts=-800, pot=210_000, contingency=10_000, voters=240, delivers=620),
        _plan("delivering", cast, back=1, starts=-410, pot=265_000, contingency=15_000, voters=267, delivers=700),
        _plan(
            "now", cast, back=0, starts=-7 - VOTING_BEGINS, pot=495_000, contingency=15_000, voters=318, delivers=420
        ),
    )


def _plan(
    key: str, cast: Cast, *, back: int, starts: int, pot: int, contingency: int, voters: int, delivers: int
) -> Plan:
    """The texts of a cycle under the year it is for (next spring's, less the years `back`), with money in dollars."""
    year = cast.calendar.on(180).year - back
    return Plan(
        told={**riverside()[key], "year": year, "name": f"Riverside {year}"},
        starts=starts,
        pot_cents=pot * 100,
        contingency_cents=contingency * 100,
        voters=voters,
        delivers_days=delivers,
    )


def _quiet() -> None:
    """The demo's past wrote mails nobody will read: they are not sent."""
    with transaction():
        db.session.execute(sa.delete(Job).where(Job.stage != JobStage.DONE))
        db.session.execute(sa.delete(Message).where(Message.sent_at.is_(None)))
        notices.take_as_told()

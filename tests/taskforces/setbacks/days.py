"""A neighborhood on a day on which its clocks have something to do, and the traces of what they did."""

import json
from collections import Counter
from datetime import timedelta

import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.clock import at, now, today
from app.core.db import db, transaction
from app.core.events import publish
from app.notifications.models import Message
from app.taskforces.projects.models import Milestone
from app.taskforces.seats.rules import Side
from app.taskforces.setbacks import services
from app.taskforces.setbacks.models import Setback
from app.taskforces.setbacks.reminders import services as reminders
from app.taskforces.setbacks.reminders.events import SlipNoticed
from app.taskforces.setbacks.reminders.rules import RULES
from tests import make

CLOCKS = (
    reminders.open_late,
    reminders.remind_of_unexplained,
    reminders.remind_of_overdue,
    reminders.remind_of_actions,
    reminders.remind_of_silence,
)


def late(body, days, **more):
    """A project with a milestone that was promised so many days ago."""
    project = make.project(body=body, **more)
    expect(project, today() - timedelta(days=days))
    return project


def expect(project, on):
    with transaction():
        for_it = sa.update(Milestone).where(Milestone.project_id == project.id)
        db.session.execute(for_it.values(baseline_on=on, forecast_on=on))


def town(each):
    """So many projects late by 7 days, by 14 days, silent for nine weeks, and with a setback nobody acknowledged."""
    body = make.task_force()
    for side in Side:
        make.co_chair(body, side)
    for _each in range(each):
        late(body, 7), late(body, 14), make.project(body=body, opened_at=now() - timedelta(days=63))
        services.tell(services.About(project_id=make.project(body=body).id), "It is dark again.", by=None)
    with transaction():
        db.session.execute(sa.update(Setback).values(due_on=today() - timedelta(days=1)))
        db.session.execute(sa.delete(Message))
    return body.neighborhood_id


def ring(neighborhood_id, on=None, clocks=CLOCKS):
    """All clocks on a day, as if it were that day."""
    with at(now() + ((on or today()) - today())):
        for clock in clocks:
            clock(neighborhood_id, today())


def events(*kinds):
    """What the log tells of these kinds: each as its kind and the facts it carries."""
    query = sa.select(AuditEntry.kind, AuditEntry.body).where(AuditEntry.kind.in_(kinds))
    return [(kind, json.loads(body)["facts"]) for kind, body in db.session.execute(query.order_by(AuditEntry.sequence))]


def traces():
    """How often each setback was opened by a rule, each slip noticed, and each person told of each."""
    db.session.rollback()
    opened = db.session.scalars(sa.select(Setback.milestone_id).where(Setback.rule.is_not(None)))
    told = db.session.execute(sa.select(Message.person_id, Message.kind, Message.facts))
    kinds = ("SetbackReported", "SlipNoticed")
    noticed = [(kind, json.dumps(facts)) for kind, facts in events(*kinds) if facts["rule"] is not None]
    return {
        "opened": Counter(opened),
        "noticed": Counter(noticed),
        "told": Counter((person, kind, json.dumps(facts, sort_keys=True)) for person, kind, facts in told),
    }


def wrong(found, each):
    """What a town's day did twice or left out: each project once, each chair told once of each."""
    wanted = {"opened": each, "noticed": 4 * each, "told": 8 * each}
    twice = [what for counts in found.values() for what, times in counts.items() if times != 1]
    left_out = {name: wanted[name] - len(counts) for name, counts in found.items() if len(counts) != wanted[name]}
    return twice, left_out


def telling_without_a_trace(each, on, chair_ids):
    """The sabotage: mail is left, and no reminder that says so."""
    about = {name: getattr(each, name) for name in ("task_force_id", "project_id", "milestone_id", "setback_id")}
    days = {"due_on": each.due_on, "days_past": (on - each.due_on).days, "action_id": each.action_id}
    publish(SlipNoticed(actor_id=None, kind=each.kind, rule=RULES[each.kind], chair_ids=chair_ids, **about, **days))

"""A crowd is told by the worker, each of it once, also where the worker is killed in between."""

import sys
from datetime import timedelta

import sqlalchemy as sa

from app.core.clock import now
from app.core.db import db, transaction
from app.core.jobs import Job, JobStage, run_waiting
from app.notifications import services as outbox
from app.notifications.followers import queries, services
from app.notifications.models import Message
from app.notifications.rules import MailKind
from app.proposals.coauthors.models import CoAuthor
from app.taskforces.projects.rules import ProjectStage
from tests import make
from tests.killing import Moment, killed
from tests.notifications.test_news import follows, joins

KIND = MailKind.WORKS_ASKED


def test_who_follows_or_wrote_a_proposal_follows_what_is_built_by_whom_and_in_which_cycle(app):
    project, over = make.project(), make.project(stage=ProjectStage.EVALUATED)
    ada, gone, ben, cleo = follows(project.proposal), follows(project.proposal), make.person(), follows(over.proposal)
    joins(CoAuthor, project.proposal, ben, joined_at=now())
    with transaction():
        gone.active, over.task_force = False, project.task_force
    all_of_it = {ada.id, ben.id, project.proposal.author_id}
    assert queries.of_project(project.id) == queries.of_task_force(project.task_force_id) == all_of_it
    assert queries.of_cycles(project.cycle.neighborhood_id) >= all_of_it
    assert cleo.id in queries.of_cycles(over.cycle.neighborhood_id)


def gap():
    """Between the messages and the end of the job, where those are apart."""


def apart(lease):
    """The sabotage: the messages stay whatever becomes of their job."""
    facts = {"project_id": lease.arguments["project_id"]}
    with transaction():
        outbox.leave_all(KIND, dict.fromkeys(queries.of_project(**facts), facts))
    gap()
    with lease.finishing():
        pass


def messages_after_a_kill(moment):
    """How many messages each follower of a project has after a worker was killed at a moment, and another ran."""
    project = make.project()
    fan_id = follows(project.proposal).id
    with transaction():
        services.tell_crowd(KIND, project_id=project.id)
    killed(run_waiting, at=moment)
    with transaction():  # its lease runs out
        past = {"leased_until": now() - timedelta(seconds=1)}
        db.session.execute(sa.update(Job).where(Job.stage == JobStage.RUNNING).values(**past))
    run_waiting()
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).where(Message.person_id == fan_id))


def test_a_worker_killed_after_leaving_the_messages_tells_each_once(app):
    assert messages_after_a_kill(Moment(owner=services, name="leave_in_turn", is_after=True)) == 1


def test_the_check_notices_messages_that_are_kept_apart_from_their_job(app, monkeypatch):
    monkeypatch.setitem(app.extensions["job_wiring"], services.JOB, apart)
    assert messages_after_a_kill(Moment(owner=sys.modules[__name__], name="gap")) == 2


def test_a_crowd_is_told_some_at_a_time(app, monkeypatch):
    monkeypatch.setattr(outbox, "AT_A_TIME", 2)
    project = make.project()
    people = {follows(project.proposal).id for _each in range(4)} | {project.proposal.author_id}
    with transaction():
        services.tell_crowd(KIND, project_id=project.id)
    for _each in range(4):
        run_waiting()
    told = db.session.scalars(sa.select(Message.person_id).where(Message.kind == KIND)).all()
    assert sorted(told) == sorted(people)

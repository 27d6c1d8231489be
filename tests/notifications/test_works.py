"""Those who follow a project hear once that residents are asked whether it works, and until when."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts.queries import actor_of
from app.core.clock import today
from app.core.db import db, transaction
from app.core.moments import day
from app.notifications.followers.models import FollowersTold
from app.notifications.works import services
from app.taskforces.projects.closing.rules import Works
from app.taskforces.projects.confirming import queries
from app.taskforces.projects.confirming import services as confirming
from tests.notifications.test_news import follows, heard
from tests.taskforces.meetings.gathering import on
from tests.taskforces.projects.test_confirming import completed

DAY = timedelta(days=1)


@pytest.fixture
def asked(app):
    """A completed project, who follows it, and the day from which residents are asked."""
    project, _place = completed()
    return project, follows(project.proposal), queries.days_of(project.id)


def rung(project, mailbox, *days):
    """The clock has run on these days; the last one is today."""
    for each in days:
        with on(each):
            services.tell(project.cycle.neighborhood_id, today())
            mailbox.all()


def asks(mailbox, who):
    return [mail for mail in heard(mailbox, who) if mail.subject.startswith("Does it work?")]


def test_followers_and_its_author_hear_once_from_the_first_day_on(asked, mailbox):
    project, fan, days = asked
    rung(project, mailbox, days.opens_on - DAY)
    assert asks(mailbox, fan) == []
    rung(project, mailbox, days.opens_on, days.opens_on, days.opens_on + DAY)
    (mail,) = asks(mailbox, fan)
    assert day(days.last_on) in mail.body and f"/projects/{project.id}/works/" in mail.body
    assert len(asks(mailbox, project.proposal.author)) == 1


def test_who_has_answered_is_told_as_well_so_that_no_mail_missing_says_so(asked, mailbox):
    project, _fan, days = asked
    with on(days.opens_on):
        who = follows(project.proposal, resident_of=project.cycle.neighborhood)
        confirming.answer(project.id, Works.YES, by=actor_of(who))
    rung(project, mailbox, days.opens_on)
    assert len(asks(mailbox, who)) == 1


def test_after_the_last_day_nobody_is_told(asked, mailbox):
    project, fan, days = asked
    rung(project, mailbox, days.last_on + DAY)
    assert asks(mailbox, fan) == []


def test_the_check_notices_a_day_told_twice(asked, mailbox):
    project, fan, days = asked
    for _each in range(2):
        rung(project, mailbox, days.opens_on)
        with transaction():
            db.session.execute(sa.delete(FollowersTold))
    assert len(asks(mailbox, fan)) == 2

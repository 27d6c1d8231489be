"""Followers hear that a draft lies open, at most twice, and who commented hears what came of it."""

from datetime import date, timedelta

import pytest

from app.accounts.queries import actor_of
from app.core.access import Role
from app.core.clock import at, now, today
from app.core.db import db
from app.core.moments import day
from app.notifications.drafts import rules, services
from app.places.models import Neighborhood
from app.reports.commenting import queries as commenting
from app.reports.commenting.rules import Verdict
from app.reports.commenting.services import Say, say, set_days
from app.reports.rules import Line, ReportKind
from tests import make
from tests.notifications.test_news import follows, heard
from tests.reports import sample
from tests.reports.commenting.test_commenting import DAYS, WORDS, answered, opened, over, published, read
from tests.reports.commenting.test_commenting import line as line

DAY = timedelta(days=1)


@pytest.fixture
def fan(line):
    """A resident who follows a proposal of the cycle that the report tells of."""
    proposal = make.proposal(within=make.cycle(where=db.session.get_one(Neighborhood, line.subject_id)))
    return follows(proposal, resident_of=proposal.cycle.neighborhood)


def rung(line, mailbox, ahead):
    """The clock has run so many days from today."""
    with at(now() + ahead * DAY):
        services.remind(line.subject_id, today())
        mailbox.all()


def test_followers_hear_that_it_lies_open_and_once_more_two_days_before_it_does_not(line, fan, mailbox):
    window = commenting.window(opened(line))
    for ahead in (0, DAYS - 3, DAYS - 2, DAYS - 2, DAYS - 1, DAYS, DAYS + 1):
        rung(line, mailbox, ahead)
    first, second = heard(mailbox, fan)
    assert first.subject.startswith("Open for comments until") and second.subject.startswith("Until ")
    for mail in (first, second):
        assert day(window.closes_on) in mail.body and f"/reports/drafts/{window.id}" in mail.body
        assert "List-Unsubscribe" in mail.extra_headers


def test_who_has_said_something_is_not_told_again_and_who_typed_paper_is(line, fan, mailbox):
    proposal = make.proposal(within=make.cycle(where=db.session.get_one(Neighborhood, line.subject_id)))
    clerk = follows(proposal, roles=(Role.CLERK,))
    window_id = opened(line)
    mailbox.all()
    say(window_id, Say(words=WORDS, language="en"), by=actor_of(fan))
    say(window_id, Say(words=WORDS, language="en", on_paper=True), by=actor_of(clerk))
    rung(line, mailbox, DAYS - 2)
    assert (len(heard(mailbox, fan)), len(heard(mailbox, clerk))) == (1, 2)


def test_who_commented_hears_what_came_of_it_and_whoever_typed_paper_does_not(line, fan, mailbox, monkeypatch):
    window_id, clerk = opened(line), make.actor(Role.CLERK)
    ids = [say(window_id, Say(words=WORDS, language="en"), by=actor_of(fan)) for _each in range(2)]
    ids.append(say(window_id, Say(words=WORDS, language="en", on_paper=True), by=clerk))
    for each in ids[::2]:
        read(each)
        answered(each, "The bench is in the table.")
    read(ids[1], Verdict.NOT_SHOWN, "It accuses a person.")
    mailbox.all()
    over(monkeypatch)
    edition_id = published(line)
    with sample.published_kinds(ReportKind.ANNUAL, figures=lambda line: {"said": "something else"}):
        published(line, note="A number was wrong.")
    _opened, mail = heard(mailbox, fan)
    assert mail.subject.startswith("What came of your comment") and f"/reports/{edition_id}" in mail.body
    assert "It stands there now." in mail.body and "The bench is in the table." in mail.body
    assert "Comment 2" in mail.body and "It accuses a person." in mail.body and "Comment 3" not in mail.body
    assert heard(mailbox, make.account(clerk)) == []


def test_a_progress_report_is_told_to_those_who_follow_its_task_force(app, line, mailbox):
    project = make.project()
    fan, stranger = follows(project.proposal), follows(make.proposal())
    with sample.published_kinds(ReportKind.PROGRESS):
        set_days(project.cycle_id, DAYS, by=make.actor(Role.CLERK))
        opened(Line(kind=ReportKind.PROGRESS, subject_id=project.task_force_id, period=sample.QUARTER))
        assert len(heard(mailbox, fan)) == 1 and heard(mailbox, stranger) == []


@pytest.mark.parametrize(
    ("days", "ahead", "near"),
    [(14, 3, False), (14, 2, True), (14, 0, True), (14, -1, False), (7, 2, True), (6, 2, False)],
)
def test_the_last_day_is_told_again_two_days_before_where_the_first_mail_is_old(days, ahead, near):
    opened_on = date(2026, 3, 2)
    closes_on = opened_on + days * DAY
    assert rules.is_near(opened_on, closes_on, closes_on - ahead * DAY) is near

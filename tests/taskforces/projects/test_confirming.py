"""Residents say whether a project works: once, unseen, and told only where nobody can be found out."""

from collections import defaultdict
from dataclasses import fields
from datetime import date, timedelta
from itertools import product

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.db import db
from app.core.errors import DomainError, NoStanding
from app.taskforces.projects.closing.rules import Works
from app.taskforces.projects.confirming import queries, rules, services, words
from app.taskforces.projects.confirming.events import ConfirmationsCounted, ResidentConfirmed
from app.taskforces.projects.confirming.models import ConfirmationGiver, ConfirmationTally
from app.taskforces.projects.confirming.rules import Days, Shown, shown
from app.taskforces.projects.confirming.services import CountPaper
from app.taskforces.projects.rules import ProjectStage
from tests import make
from tests.browser import Browser
from tests.taskforces.meetings.gathering import on
from tests.taskforces.projects import steps

Y, P, N = Works.YES, Works.PARTLY, Works.NO
HOW = "Asked at the market on two Saturdays; two clerks counted."
DAYS = Days(opens_on=date(2026, 3, 2))


def completed():
    """A completed project, and the neighborhood it is in."""
    project, ada, bo = steps.chaired(stage=ProjectStage.HANDOVER)
    steps.reach(project, ada, bo)
    steps.complete(project, ada, bo)
    return project, project.cycle.neighborhood


@pytest.fixture
def here(app):
    """A completed project with its neighborhood, on the first day to answer."""
    project, place = completed()
    with on(queries.days_of(project.id).opens_on):
        yield project, place


def counted(yes=0, partly=0, no=0):
    return shown({Y: yes, P: partly, N: no})


def test_the_days_follow_each_other():
    assert (DAYS.last_on, DAYS.paper_last_on, DAYS.told_on) == (date(2026, 3, 29), date(2026, 4, 5), date(2026, 4, 6))


@pytest.mark.parametrize("answers", [(0, 0, 0), (9, 0, 0), (3, 3, 3)])
def test_of_fewer_than_ten_people_nothing_is_told(answers):
    assert counted(*answers) == Shown() and "Fewer than ten" in words.summed_up(counted(*answers))


def groups(found):
    return [(each.works, each.people) for each in found.groups]


def test_where_every_answer_has_ten_all_is_told():
    found = counted(30, 20, 10)
    assert (found.people, found.percent) == (60, 50) and groups(found) == [((Y,), 30), ((P,), 20), ((N,), 10)]


@pytest.mark.parametrize(
    ("answers", "told"), [((57, 12, 3), [((Y,), 57), ((P, N), 15)]), ((4, 8, 20), [((Y, P), 12), ((N,), 20)])]
)
def test_answers_of_fewer_are_told_together_with_another(app, answers, told):
    found = counted(*answers)
    assert groups(found) == told and found.people == sum(answers)
    assert " / " in str(words.rows(found)) and f"{sum(answers)} people" in words.summed_up(found)


@pytest.mark.parametrize(
    ("answers", "nearly"), [((63, 2, 1), Y), ((1, 2, 15), N), ((9, 9, 9), None), ((5, 20, 5), None)]
)
def test_where_nearly_all_say_the_same_the_whole_is_told_in_tens(app, answers, nearly):
    found = counted(*answers)
    assert (found.people, found.percent, found.groups, found.nearly_all) == (None, None, (), nearly)
    assert found.at_least == sum(answers) - sum(answers) % 10 and "or a few more" in words.summed_up(found)


def found_out(tell):
    """Results whose small numbers, or one of them, can be worked out: all results told like it have the same."""
    alike = defaultdict(list)
    for each in product(range(40), repeat=3):
        if sum(each) < 40:
            alike[tell(*each)].append(each)
    small = [(group, at) for group in alike.values() for at in range(3) if all(each[at] < rules.FEW for each in group)]
    return [group for group, at in small if len({each[at] for each in group}) == 1]


def test_no_small_number_can_be_worked_out_from_what_is_told():
    assert found_out(counted) == []


def test_with_the_exact_whole_it_could_be():
    """The twin: nearly all say the same, and the sum of all answers is told exactly."""
    assert found_out(lambda *answers: (counted(*answers), sum(answers)))


def test_a_resident_answers_once_and_no_row_says_what(here):
    project, place = here
    resident = make.resident(place)
    services.answer(project.id, Y, by=resident)
    with pytest.raises(DomainError, match="already"):
        services.answer(project.id, N, by=resident)
    assert set(ConfirmationGiver.__table__.columns.keys()) == {"project_id", "person_id"}
    assert set(ConfirmationTally.__table__.columns.keys()) == {"project_id", "works", "answers"}
    assert db.session.scalar(sa.select(sa.func.sum(ConfirmationTally.answers))) == 1


def test_the_log_says_that_somebody_answered_and_neither_who_nor_what(here):
    project, place = here
    resident = make.resident(place)
    services.answer(project.id, Y, by=resident)
    logged = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.sequence.desc())).first()
    assert (logged.kind, logged.actor_id) == ("ResidentConfirmed", None)
    assert {each.name for each in fields(ResidentConfirmed)} == {"actor_id", "project_id"}
    assert {each.name for each in fields(ConfirmationsCounted)} == {"actor_id", "project_id", "paper_id", "how"}


def test_only_residents_answer_and_only_clerks_count_paper(here):
    project, place = here
    for other in (make.actor(Role.CLERK), make.resident(make.neighborhood())):
        with pytest.raises(NoStanding):
            services.answer(project.id, Y, by=other)
    with pytest.raises(NoStanding):
        services.count_paper(project.id, CountPaper(yes=1, partly=0, no=0, how=HOW), by=make.resident(place))


def test_nobody_answers_too_early_or_too_late_and_paper_has_a_week_more(here):
    project, place = here
    days, resident, clerk = queries.days_of(project.id), make.resident(place), make.actor(Role.CLERK)
    paper = CountPaper(yes=1, partly=0, no=0, how=HOW)
    for day in (days.opens_on - timedelta(days=1), days.last_on + timedelta(days=1)):
        with on(day), pytest.raises(DomainError):
            services.answer(project.id, Y, by=resident)
    with on(days.paper_last_on):
        services.count_paper(project.id, paper, by=clerk)
    with on(days.told_on), pytest.raises(DomainError, match="over"):
        services.count_paper(project.id, paper, by=clerk)


def test_web_and_paper_are_told_together_and_the_newest_count_of_paper_counts(here):
    project, place = here
    days = queries.days_of(project.id)
    for _each in range(2):
        services.answer(project.id, Y, by=make.resident(place))
    for yes in (500, 28):
        services.count_paper(project.id, CountPaper(yes=yes, partly=20, no=10, how=HOW), by=make.actor(Role.CLERK))
    assert queries.asked(project.id, days.paper_last_on).shown is None
    assert queries.asked(project.id, days.told_on).shown == counted(30, 20, 10)


def test_the_page_asks_then_waits_and_then_tells(app, here):
    project, place = here
    page = f"/projects/{project.id}/works/"
    resident = Browser(app).sign_in(make.account(make.resident(place)))
    assert "It is counted" in resident.open(page).press("Answer", works="yes").text
    assert "You have answered already" in resident.open(page).text
    clerk = Browser(app).sign_in(make.account(make.actor(Role.CLERK)))
    clerk.open(page).follow("Count the answers on paper").press(
        "Save the count", yes="29", partly="9", no="30", how=HOW
    )
    assert "What residents said" not in Browser(app).open(page).text
    with on(queries.days_of(project.id).told_on):
        shown_ = Browser(app).open(page)
        assert "69 people answered. 43% of them" in shown_.text and "39" in shown_.text


def test_a_limit_of_one_would_show_everybody(monkeypatch):
    """The twin: nothing but the limit keeps the small numbers back."""
    monkeypatch.setattr(rules, "FEW", 1)
    assert counted(5, 3, 1).people == 9

"""Both sides complete a project with a dated list of what is left; it is looked at again, and then it is evaluated."""

from datetime import date, timedelta

import pytest

from app.core import clock
from app.core.clock import today
from app.core.db import transaction
from app.core.errors import DomainError
from app.taskforces.projects import queries as projects
from app.taskforces.projects.baselines import services as baselines
from app.taskforces.projects.baselines.services import Renew
from app.taskforces.projects.closing import queries, services
from app.taskforces.projects.closing.rules import CheckKind, Works, due_days
from app.taskforces.projects.closing.services import AskCompletion, Left, LookAgain
from app.taskforces.projects.pausing import services as pausing
from app.taskforces.projects.pausing.services import AskPause
from app.taskforces.projects.rules import ProjectStage, Status
from tests import make
from tests.taskforces.projects import steps
from tests.taskforces.projects.steps import LONG

FOUND = LookAgain(works=Works.PARTLY, found=LONG)
SNAG = Left(what="Paint the last post", due_on=today() + timedelta(days=20))


@pytest.mark.parametrize(
    ("done_on", "confirm_on", "check_on"),
    [
        (date(2026, 6, 1), date(2026, 6, 29), date(2027, 6, 1)),
        (date(2028, 2, 29), date(2028, 3, 28), date(2029, 2, 28)),
    ],
)
def test_a_project_is_looked_at_after_four_weeks_and_after_a_year(done_on, confirm_on, check_on):
    assert due_days(done_on) == {CheckKind.RESIDENTS: confirm_on, CheckKind.YEAR: check_on}


@pytest.fixture
def built(app):
    """A project in handover whose milestone is verified, and both co-chairs."""
    project, ada, bo = steps.chaired(stage=ProjectStage.HANDOVER)
    steps.reach(project, ada, bo)
    return project, ada, bo


def complete(built, *snags):
    steps.complete(*built, *snags)


def code_of(act):
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code


def test_a_project_is_completed_only_when_every_milestone_is_verified(app):
    assert code_of(lambda: complete(steps.chaired(stage=ProjectStage.HANDOVER))) == "open_milestones"


def test_it_is_completed_only_with_its_list_of_what_is_left_or_the_word_that_nothing_is(built):
    project, ada, _bo = built
    nothing_said = AskCompletion(snags=(), nothing_left=False)
    assert code_of(lambda: services.propose(project.id, nothing_said, by=ada)) == "no_snag_list"
    both = AskCompletion(snags=(SNAG,), nothing_left=True)
    assert code_of(lambda: services.propose(project.id, both, by=ada)) == "both"
    past = AskCompletion(snags=(Left(what="Paint", due_on=today() - timedelta(days=1)),), nothing_left=False)
    assert code_of(lambda: services.propose(project.id, past, by=ada)) == "no_snag_list"


def paused(project, ada, bo):
    ask = AskPause(reason=LONG, restart_on=today() + timedelta(days=30))
    steps.sign(pausing.propose_pause(project.id, ask, by=ada), ada, bo)


def another_day(project, _ada, _bo):
    with transaction():
        project.milestones[0].actual_on = today() - timedelta(days=1)


def another_promise(project, ada, bo):
    """Of another scope alone: its milestones are what they were."""
    command = Renew(reason=LONG, scope="Four lamps are lit, and two more stand without light.", milestones=())
    steps.sign(baselines.propose(project.id, command, by=ada), ada, bo)


@pytest.mark.parametrize("since", [paused, another_day, another_promise])
def test_what_both_signed_completes_a_project_only_while_it_is_so(built, since):
    project = built[0]
    agreement_id = steps.agreed(*built)
    assert queries.signed([project.id])[project.id].agreement_id == agreement_id
    since(*built)
    assert queries.signed([project.id]) == {} and services.complete(project.id, agreement_id) is None


def test_what_is_left_is_put_right_once_and_stays_on_the_page(built, browser):
    complete(built, SNAG)
    project, ada, _bo = built
    [waits] = queries.waiting([project.task_force_id], today())
    assert (waits.what, waits.due_on) == (SNAG.what, SNAG.due_on)
    services.fix_snag(project.id, waits.snag_id, LONG, by=ada)
    assert code_of(lambda: services.fix_snag(project.id, waits.snag_id, LONG, by=ada)) == "is_fixed"
    assert queries.waiting([project.task_force_id], today()) == []
    page = browser.open(f"/projects/{project.id}")
    assert "Put right" in page.text and projects.built()[0].verdict.status is Status.COMPLETED


def test_both_looks_make_it_evaluated_and_neither_comes_too_early_or_twice(built):
    complete(built)
    project, ada, bo = built
    assert code_of(lambda: services.look_again(project.id, CheckKind.RESIDENTS, FOUND, by=ada)) == "too_early"
    with clock.at(clock.now() + timedelta(days=370)):
        assert {each.check for each in queries.waiting([project.task_force_id], today())} == set(CheckKind)
        services.look_again(project.id, CheckKind.RESIDENTS, FOUND, by=ada)
        again = code_of(lambda: services.look_again(project.id, CheckKind.RESIDENTS, FOUND, by=bo))
        assert again == "checked_already" and projects.project(project.id).stage is ProjectStage.COMPLETED
        services.look_again(project.id, CheckKind.YEAR, FOUND, by=bo)
    assert projects.project(project.id).stage is ProjectStage.EVALUATED


def test_completion_is_asked_for_on_its_page_with_its_days(built, browser):
    project, ada, _bo = built
    page = browser.sign_in(make.account(ada)).open(f"/projects/{project.id}").follow("Complete the project")
    lacks = page.press("Put it before both sides", **{"snags-0-what": "Paint"})
    assert "This is needed" in lacks.text and lacks.one("input", name="snags-0-what") is not None
    day = str(today() + timedelta(days=9))
    asked = lacks.press("Put it before both sides", **{"snags-0-due_on": day})
    assert "Paint, by" in asked.text and "Signature missing" in asked.text

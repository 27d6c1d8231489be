"""A project of a certified result is provisional until the result is final, and is handed to nobody before."""

import pytest

from app.core.access import Role
from app.core.db import db
from app.core.errors import DomainError
from app.taskforces.projects import queries, services
from app.taskforces.projects.models import Project
from app.taskforces.projects.rules import ProjectStage
from app.taskforces.projects.services import HandOver
from app.voting.board.rules import ActKind
from tests import make
from tests.browser import Browser
from tests.voting.results import board

SAID = "Provisional until objections are heard"


@pytest.fixture
def funded(app):
    """A project that a certified result has just opened, a task force for it, and a clerk."""
    cycle_id = board.certified().vote.cycle_id
    project = db.session.query(Project).filter_by(cycle_id=cycle_id).order_by(Project.number).first()
    return project, make.task_force(where=project.cycle.neighborhood), make.actor(Role.CLERK)


def final(cycle_id):
    board.days_for_objections_pass(cycle_id)
    make.agreed(ActKind.PUBLISH, cycle_id)


def give(project, body, clerk):
    command = HandOver(task_force_id=body.id, lead="City streets", manager="Desk")
    return services.hand_over(project.id, command, by=clerk)


def test_a_provisional_project_is_handed_to_nobody_and_a_final_one_is(funded):
    project, body, clerk = funded
    with pytest.raises(DomainError) as refusal:
        give(project, body, clerk)
    assert refusal.value.code == "provisional" and queries.project(project.id).stage is ProjectStage.FUNDED
    final(project.cycle_id)
    assert give(project, body, clerk).stage is ProjectStage.MOBILISING


def test_page_and_card_say_so_until_the_result_is_final(funded, browser):
    project, body, clerk = funded
    office = Browser(browser.client.application).sign_in(make.account(clerk))
    pages = [f"/projects/{project.id}", "/projects/"]
    assert [SAID in browser.open(page).text for page in pages] == [True, True]
    assert "Give it to a task force" not in office.open(pages[0]).text
    final(project.cycle_id)
    assert [SAID in browser.open(page).text for page in pages] == [False, False]
    assert "Give it to a task force" in office.open(pages[0]).text


def test_the_page_of_the_handing_over_says_why_it_waits(funded, browser):
    project, body, clerk = funded
    page = browser.sign_in(make.account(clerk)).open(f"/projects/{project.id}/hand-over")
    refused = page.press("Hand it over", task_force_id=str(body.id), lead="City streets department", manager="Desk")
    assert "can be handed over once the result is final" in refused.text


def test_a_project_without_a_vote_here_is_not_provisional(app):
    assert not queries.project(make.project().id).is_provisional

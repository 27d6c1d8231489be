"""The page of a project: the promise, the road to it, what is late and why, and who may act."""

from datetime import timedelta

import pytest

from app.core.access import Role
from app.core.clock import today
from app.core.db import db, transaction
from app.taskforces.projects.models import Milestone
from app.taskforces.projects.promises import services
from app.taskforces.projects.rules import ForecastReason, ProjectStage
from tests import make
from tests.taskforces.projects import steps

LONG = "The contractor's crane broke down and a new one comes only in two weeks."


@pytest.fixture
def chaired(app):
    """A project in delivery, and one of its co-chairs."""
    body = make.task_force()
    return make.project(body=body), make.co_chair(body)


def overdue(project, by):
    with transaction():
        row = db.session.get(Milestone, project.milestones[0].id)
        row.baseline_on = row.forecast_on = today() - timedelta(days=by)


def test_the_page_leads_from_the_idea_to_today(chaired, browser):
    project = chaired[0]
    page = browser.open(f"/projects/{project.id}")
    hrefs = {a.get("href") for a in page.all("a")}
    assert {
        f"/proposals/{project.proposal_id}",
        f"/proposals/{project.proposal_id}#review",
        f"/results/{project.cycle_id}",
        f"/task-forces/{project.task_force.slug}",
        "#milestones",
    } <= hrefs
    assert project.scope in page.text and "On track" in page.text


def test_words_of_people_are_shown_and_never_run(app, browser):
    project = make.project(title="<b>Lamps</b>", scope="<script>alert(1)</script>")
    page = browser.open(f"/projects/{project.id}")
    assert page.one("h1") == "<b>Lamps</b>" and "<script>alert(1)</script>" in page.text
    assert "<script>alert" not in page.html


def test_a_milestone_seven_days_past_its_promise_says_that_nobody_explained_it(chaired, browser):
    overdue(chaired[0], 6)
    assert "No explanation yet" not in browser.open(f"/projects/{chaired[0].id}").text
    overdue(chaired[0], 7)
    assert "No explanation yet" in browser.open(f"/projects/{chaired[0].id}").text


def test_an_explanation_takes_the_mark_away_and_stays_on_the_page(chaired, browser):
    project, chair = chaired
    overdue(project, 30)
    command = services.ChangeForecast(
        new_on=today() + timedelta(days=9), reason=ForecastReason.SUPPLIER, explanation=LONG
    )
    services.change_forecast(project.id, project.milestones[0].id, command, by=chair)
    page = browser.open(f"/projects/{project.id}")
    assert "No explanation yet" not in page.text and LONG in page.text and "39 days late" in page.text


def test_a_visitor_sees_no_button_of_a_co_chair(chaired, browser):
    assert "What you can do" not in browser.open(f"/projects/{chaired[0].id}").text


def test_a_forecast_is_changed_from_the_page_and_keeps_what_was_typed(chaired, browser):
    browser.sign_in(make.account(chaired[1]))
    page = browser.open(f"/projects/{chaired[0].id}").follow("Change the forecast: Lamps lit")
    new_on = (today() + timedelta(days=90)).isoformat()
    short = page.press("Publish the new forecast", new_on=new_on, reason="weather", explanation="Rain.")
    assert "at least 40 characters" in short.text and short.one("textarea", name="explanation") == "Rain."
    typo = page.press("Publish the new forecast", new_on="9999-12-31", reason="weather", explanation=LONG)
    assert "Check the year" in typo.text
    past = page.press("Publish the new forecast", new_on="2020-01-01", reason="weather", explanation=LONG)
    assert "nothing can be expected in the past" in past.text
    done = page.press("Publish the new forecast", new_on=new_on, reason="weather", explanation=LONG)
    assert "everybody can read why" in done.text and "Weather" in done.text


def test_no_reason_is_chosen_before_a_co_chair_chooses_one(chaired, browser):
    browser.sign_in(make.account(chaired[1]))
    page = browser.open(f"/projects/{chaired[0].id}").follow("Change the forecast: Lamps lit")
    new_on = (today() + timedelta(days=90)).isoformat()
    refused = page.press("Publish the new forecast", new_on=new_on, explanation=LONG)
    assert refused.one("p", id="reason-error") == "Error: Choose one." and LONG in refused.text


def test_an_update_sent_twice_is_published_once(chaired, browser):
    browser.sign_in(make.account(chaired[1]))
    page = browser.open(f"/projects/{chaired[0].id}").follow("Publish an update")
    answers = {"what_changed": "The poles are up.", "why": "The crane came.", "what_next": "Lamps come next."}
    missing = page.press("Publish it", **answers | {"why": ""})
    assert "This is needed" in missing.text
    for _ in range(2):
        shown = page.press("Publish it", **answers)
    assert shown.text.count("The poles are up.") == 1


def test_a_step_that_cannot_be_taken_is_explained_before_it_is_asked(chaired, browser):
    browser.sign_in(make.account(chaired[1]))
    page = browser.open(f"/projects/{chaired[0].id}/move/completed")
    assert page.status == 409 and "taken on another page" in page.text
    assert browser.open(f"/projects/{chaired[0].id}/move/nowhere").status == 404


def test_a_plan_is_written_signed_by_both_sides_and_then_it_is_the_promise(app, browser):
    project, ada, bo = steps.planned()
    page = browser.sign_in(make.account(ada)).open(f"/projects/{project.id}").follow("Plan the milestones")
    on = (today() + timedelta(days=40)).isoformat()
    page = page.press("Add it to the plan", title="Poles up", done_means="Six poles stand", baseline_on=on)
    page = page.press("Take out Lamps lit")
    assert "Poles up" in page.text and "All six work" not in page.text
    asked = page.follow("Make this the promise").press("Put it before both sides")
    assert "Poles up" in asked.text and "Signature missing" in asked.text
    steps.sign(int(asked.path.rsplit("/", 1)[1]), ada, bo)
    shown = browser.open(f"/projects/{project.id}")
    assert "Planning" in shown.text and "Read the promise as it was signed" in shown.text


def test_a_page_without_a_task_force_offers_the_clerk_to_name_one(app, browser):
    body = make.task_force()
    project = make.project(body=body, stage=ProjectStage.FUNDED, task_force=None, lead=None)
    browser.sign_in(make.person(roles=(Role.CLERK,)))
    page = browser.open(f"/projects/{project.id}").follow("Give it to a task force")
    handed = page.press("Hand it over", task_force_id=str(body.id), lead="Streets department", manager="Room 12")
    assert "handed over" in handed.text and body.name in handed.text


def test_a_date_that_is_none_is_refused_at_its_field(chaired, browser):
    browser.sign_in(make.account(chaired[1]))
    page = browser.open(f"/projects/{chaired[0].id}/milestones/{chaired[0].milestones[0].id}/done")
    wrong = page.press("It is done", actual_on="not a day", evidence=LONG)
    assert wrong.all("p", id="actual_on-error")

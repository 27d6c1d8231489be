"""The public list of projects, and what other rooms ask about them."""

from datetime import timedelta

import pytest

from app.core.clock import now, today
from app.core.db import db, transaction
from app.core.errors import NotFound
from app.taskforces.projects import queries
from app.taskforces.projects.queries import ProjectFilter
from app.taskforces.projects.rules import ProjectStage, Status
from app.taskforces.updates import queries as updates
from app.taskforces.updates.models import Update
from tests import make


def late(body, by):
    promised = today() + timedelta(days=30)
    project = make.project(body=body)
    with transaction():
        row = db.session.get(type(project.milestones[0]), project.milestones[0].id)
        row.baseline_on, row.forecast_on = promised - timedelta(days=by), promised
    return project


def titles(**wanted):
    return [card.title for card in queries.matching(ProjectFilter(**wanted))]


def test_the_list_costs_one_statement_however_long_it_is(app, statements):
    for _ in range(5):
        make.project()
    statements.clear()
    page = queries.cards(size=3)
    assert (page.total, page.pages, len(page.items), len(statements)) == (5, 2, 3, 1)


def test_projects_are_found_by_their_computed_status(app):
    body = make.task_force()
    fine, slow, stuck = make.project(body=body), late(body, 20), late(body, 70)
    assert titles(status="on_track") == [fine.title]
    assert titles(status="needs_attention") == [slow.title]
    assert titles(status="off_track") == [stuck.title]


@pytest.mark.parametrize("field", ["task_force", "neighborhood", "category"])
def test_projects_are_found_by_where_they_belong(app, field):
    first, _second = make.project(title="First"), make.project()
    card = queries.project(first.id)
    value = {"task_force": card.task_force_slug, "neighborhood": card.neighborhood_slug, "category": "Street lighting"}
    expected = 2 if field == "category" else 1
    assert len(titles(**{field: value[field]})) == expected
    assert titles(**{field: "elsewhere"}) == []


def test_words_are_found_in_any_case_and_order_as_they_are_typed(app):
    project = make.project(title="100% Lámparas at Mill_Lane")
    assert titles(words="LÁMPARAS 100%") == [project.title] and titles(words="mill_lane") == [project.title]
    assert titles(words="nothing like it") == []


def test_totals_add_up_money_and_name_every_status(app):
    project = make.project()
    totals = queries.totals(project.cycle_id)
    assert (totals.projects, totals.allocated_cents, totals.spent_cents) == (1, 20_000_00, 0)
    assert totals.by_status[Status.ON_TRACK] == 1 and set(totals.by_status) == set(Status)


def test_what_got_built_lists_only_completed_projects(app):
    make.project()
    done = make.project(stage=ProjectStage.COMPLETED)
    assert [card.id for card in queries.built()] == [done.id]


def test_the_latest_updates_come_first_over_all_projects(app):
    author = make.person()
    for n in range(3):
        words = {"what_changed": f"News {n}", "why": "Because", "what_next": "More"}
        at = now() - timedelta(days=3 - n)
        make.kept(Update(project_id=make.project().id, person_id=author.id, published_at=at, **words))
    assert [row.what_changed for row in updates.latest(2)] == ["News 2", "News 1"]


def test_an_unknown_project_is_not_found(app, browser):
    with pytest.raises(NotFound):
        queries.project(404)
    assert browser.open("/projects/404").status == 404


def test_a_proposal_leads_to_the_project_it_became(app):
    project = make.project()
    assert queries.of_proposal(project.proposal_id).id == project.id
    assert queries.of_proposal(0) is None


def test_the_list_page_filters_counts_and_pages(app, browser):
    body = make.task_force()
    for _ in range(13):
        make.project(body=body)
    page = browser.open("/projects/")
    assert "13 projects." in page.text and "1–12 of 13" in page.text
    assert "13–13 of 13" in page.follow("Next").text
    assert "Nothing fits these filters" in browser.open("/projects/?status=off_track").text


def test_filters_stay_chosen_on_the_page(app, browser):
    make.project()
    page = browser.open("/projects/?status=on_track&words=lamps")
    chosen = [option.get("value") for option in page.all("option") if option.get("selected") is not None]
    assert "on_track" in chosen and page.all("input", name="words", value="lamps")


def test_an_empty_list_says_where_projects_come_from(app, browser):
    page = browser.open("/projects/")
    assert page.status == 200 and "No projects yet" in page.text

"""Task forces: a clerk constitutes them, everybody can read them."""

import pytest

from app.core.access import Role
from app.core.errors import NoStanding
from app.taskforces import queries, services
from app.taskforces.rules import slug_of
from app.taskforces.seats.rules import Side
from tests import make

LIGHTING = services.ConstituteTaskForce(name="Lighting & safe ways", charter="Light the way home.")


def test_a_clerk_constitutes_a_task_force_with_both_chairs_vacant(app):
    body = services.constitute(make.neighborhood().id, LIGHTING, by=make.actor(Role.CLERK))
    card = queries.cards()[0]
    assert (body.slug, card.facts.name, card.vacancies) == ("lighting-safe-ways", "Lighting & safe ways", 2)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.OBSERVER, Role.OVERSEER, Role.ADMIN])
def test_nobody_but_a_clerk_constitutes_a_task_force(app, role):
    with pytest.raises(NoStanding):
        services.constitute(make.neighborhood().id, LIGHTING, by=make.actor(role))


def test_two_task_forces_of_one_name_have_two_addresses(app):
    clerk = make.actor(Role.CLERK)
    slugs = [services.constitute(make.neighborhood().id, LIGHTING, by=clerk).slug for _ in range(2)]
    assert slugs == ["lighting-safe-ways", "lighting-safe-ways-2"]


@pytest.mark.parametrize(
    ("name", "slug"), [("Mine", "mine-2"), ("Más luz", "mas-luz"), ("光", "task-force"), ("a" * 90, "a" * 50)]
)
def test_an_address_is_plain_and_never_one_of_our_own_pages(name, slug):
    assert slug_of(name, []) == slug


def test_the_list_costs_two_statements_however_long_it_is(app, statements):
    for body in [make.task_force() for _ in range(5)]:
        make.co_chair(body)
    statements.clear()
    assert len(queries.cards()) == 5
    assert len(statements) == 2


def test_a_clerk_constitutes_one_from_the_page(app, browser):
    where = make.neighborhood()
    page = browser.sign_in(make.person(roles=(Role.CLERK,))).open("/task-forces/new")
    answers = {
        "neighborhood_id": str(where.id),
        "name": "Youth nights",
        "charter": "Meets on the first Monday of a month.",
    }
    short = page.press("Constitute it", **answers | {"charter": "Too short"})
    assert "at least 40 characters" in short.text and short.one("textarea", name="charter") == "Too short"
    made = page.press(
        "Constitute it", **answers | {"charter": "Meets on the first Monday of every month. Decides together."}
    )
    assert made.one("h1") == "Youth nights" and made.text.count("Vacant") == 2


def test_the_page_shows_holders_vacancies_charter_and_projects(app, browser):
    body = make.task_force(charter="We meet on Mondays.")
    chair = make.co_chair(body, Side.COMMUNITY)
    project = make.project(body=body)
    page = browser.open(f"/task-forces/{body.slug}")
    assert all(words in page.text for words in (chair.name, "Vacant", "We meet on Mondays.", project.title))


def test_there_is_no_page_for_an_unknown_task_force(app, browser):
    assert browser.open("/task-forces/nowhere").status == 404


def test_a_visitor_cannot_open_the_clerks_pages(app, browser):
    browser.sign_in(make.person())
    body = make.task_force()
    assert {browser.open(p).status for p in ("/task-forces/new", f"/task-forces/{body.slug}/seats/fill")} == {403}

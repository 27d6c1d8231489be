"""Task forces: a clerk proposes and constitutes them, everybody can read them."""

from datetime import timedelta

import pytest

from app.core.access import Role
from app.core.clock import today
from app.core.errors import DomainError, NoStanding
from app.taskforces import queries, services
from app.taskforces.rules import STEPS, BodyStage, Circumstances, WhyNot, is_vacant_too_long, slug_of, why_not_become
from app.taskforces.seats.rules import Side
from tests import make

CHARTER = "Meets on the first Monday of every month. Decides together."
LIGHTING = services.WriteCharter(name="Lighting & safe ways", charter=CHARTER)
READY = Circumstances(charter=CHARTER, chairs=2, projects=1, has_successor=True)
B = BodyStage
ALLOWED = {
    (B.PROPOSED, B.CONSTITUTED),
    (B.PROPOSED, B.DISSOLVED),
    (B.CONSTITUTED, B.ACTIVE),
    (B.CONSTITUTED, B.DISSOLVED),
    (B.ACTIVE, B.IMPAIRED),
    (B.ACTIVE, B.DISSOLVED),
    (B.IMPAIRED, B.ACTIVE),
    (B.IMPAIRED, B.DISSOLVED),
}


def test_every_step_that_is_not_listed_is_refused():
    for stage in B:
        for to in B:
            refused = why_not_become(stage, to, READY)
            assert refused is (None if (stage, to) in ALLOWED else WhyNot.NOT_A_STEP), (stage, to)


def test_the_table_notices_a_step_too_many(monkeypatch):
    monkeypatch.setitem(STEPS, B.DISSOLVED, frozenset({B.ACTIVE}))
    with pytest.raises(AssertionError):
        test_every_step_that_is_not_listed_is_refused()


@pytest.mark.parametrize(
    ("step", "facts", "reason"),
    [
        ((B.PROPOSED, B.CONSTITUTED), {"chairs": 1}, WhyNot.NO_CO_CHAIRS),
        ((B.PROPOSED, B.CONSTITUTED), {"charter": "Short"}, WhyNot.NO_CHARTER),
        ((B.CONSTITUTED, B.ACTIVE), {"projects": 0}, WhyNot.NO_PROJECT),
        ((B.ACTIVE, B.DISSOLVED), {"has_successor": False}, WhyNot.PROJECTS_LEFT),
        ((B.IMPAIRED, B.DISSOLVED), {"is_named": True}, WhyNot.NAMED_ON_A_BALLOT),
        ((B.IMPAIRED, B.DISSOLVED), {"waits_for_signatures": True}, WhyNot.SIGNATURES_WAIT),
        ((B.ACTIVE, B.DISSOLVED), {"has_successor": False, "projects": 0}, None),
    ],
)
def test_a_step_that_comes_too_early_is_refused_with_its_reason(step, facts, reason):
    known = {"charter": CHARTER, "chairs": 2, "projects": 1, "has_successor": True}
    assert why_not_become(*step, Circumstances(**known | facts)) is reason


@pytest.mark.parametrize(("days", "too_long"), [(0, False), (30, False), (31, True)])
def test_a_vacancy_impairs_after_thirty_days(days, too_long):
    on = today()
    assert is_vacant_too_long(on - timedelta(days=days), on) is too_long
    assert not is_vacant_too_long(None, on)


def test_a_clerk_proposes_a_task_force_with_both_chairs_vacant(app):
    body = services.propose(make.neighborhood().id, LIGHTING, by=make.actor(Role.CLERK))
    card = queries.cards()[0]
    assert (body.slug, card.facts.stage, card.vacancies) == ("lighting-safe-ways", B.PROPOSED, 2)


VERBS = {
    "propose": lambda body, by: services.propose(body.neighborhood_id, LIGHTING, by=by),
    "write the charter": lambda body, by: services.write_charter(body.id, LIGHTING, by=by),
    "constitute": lambda body, by: services.constitute(body.id, by=by),
    "dissolve": lambda body, by: services.dissolve(body.id, services.DissolveTaskForce(reason=CHARTER), by=by),
}


def test_nobody_but_a_clerk_sets_up_or_ends_a_task_force(app):
    body = make.task_force(stage=B.PROPOSED, constituted_on=None, charter=CHARTER)
    chairs = [make.co_chair(body, side) for side in Side]
    others = [make.actor(role) for role in Role if role is not Role.CLERK]
    for actor in [*chairs, *others, make.resident(body.neighborhood)]:
        for verb in VERBS.values():
            with pytest.raises(NoStanding):
                verb(body, actor)
    assert services.constitute(body.id, by=make.actor(Role.CLERK)).stage is B.CONSTITUTED


def test_a_task_force_is_constituted_once_both_co_chairs_sit(app):
    body, clerk = make.task_force(stage=B.PROPOSED, constituted_on=None, charter=CHARTER), make.actor(Role.CLERK)
    make.co_chair(body)
    with pytest.raises(DomainError) as refused:
        services.constitute(body.id, by=clerk)
    assert refused.value.code == "no_co_chairs"
    make.co_chair(body, Side.INSTITUTION)
    services.constitute(body.id, by=clerk)
    assert (body.stage, body.constituted_on) == (B.CONSTITUTED, today())


def test_a_charter_stands_once_constituted(app):
    body, clerk = make.task_force(), make.actor(Role.CLERK)
    with pytest.raises(DomainError) as refused:
        services.write_charter(body.id, LIGHTING, by=clerk)
    assert refused.value.code == "constituted"


def test_two_task_forces_of_one_name_have_two_addresses(app):
    where, clerk = make.neighborhood(), make.actor(Role.CLERK)
    slugs = [services.propose(where.id, LIGHTING, by=clerk).slug for _ in range(2)]
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


def test_a_clerk_proposes_one_from_the_page(app, browser):
    where = make.neighborhood()
    page = browser.sign_in(make.person(roles=(Role.CLERK,))).open("/task-forces/new")
    answers = {"neighborhood_id": str(where.id), "name": "Youth nights", "charter": CHARTER}
    short = page.press("Propose it", **answers | {"charter": "Too short"})
    assert "at least 40 characters" in short.text and short.one("textarea", name="charter") == "Too short"
    made = page.press("Propose it", **answers)
    assert made.one("h1") == "Youth nights" and made.text.count("Vacant") == 2
    changed = made.follow("Change the charter").press("Save changes", theme="Nights for the young")
    assert "Nights for the young" in changed.text


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
    here = f"/task-forces/{make.task_force().slug}"
    pages = ("/task-forces/new", f"{here}/seats/offer", f"{here}/charter", f"{here}/dissolve")
    assert {browser.open(page).status for page in pages} == {403}

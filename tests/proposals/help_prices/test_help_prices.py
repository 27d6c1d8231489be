"""Help prices: kept by the clerk of the neighborhood, offered beside cost lines, taken over by a button."""

import pytest

from app.accounts.queries import actor_of
from app.core.access import Role
from app.core.errors import DomainError, NoStanding
from app.proposals.help_prices import queries, services
from app.proposals.help_prices.services import SetPrice
from tests import make
from tests.proposals.writing import steps

LAMP = SetPrice(label="Street lamp, each", amount_cents=2_900_00, note="With its pole")


def clerk_of(neighborhood):
    return steps.holding(Role.CLERK, neighborhood)


def listed(neighborhood, command=LAMP):
    return services.add(neighborhood.id, command, by=actor_of(clerk_of(neighborhood)))


def test_the_clerk_adds_changes_and_removes_prices(browser):
    where = make.neighborhood()
    page = browser.sign_in(clerk_of(where)).open(f"/office/neighborhoods/{where.slug}").follow("Help prices")
    assert "No prices yet" in page.text
    page = page.press("Add it", label="Bench, each", amount="1,100")
    changed = page.follow("Edit Bench, each").press("Save the changes", amount="1,250", note="Set in concrete")
    assert "$1,250" in changed.text and "Set in concrete" in changed.text
    assert "No prices yet" in changed.press("Remove Bench, each").text


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"label": ""}, "label"), ({"amount": "0"}, "amount"), ({"amount": "some"}, "amount"), ({}, "label")],
)
def test_what_is_wrong_is_refused_at_its_field_and_kept(browser, typed, field):
    where = make.neighborhood()
    listed(where)
    good = {"label": "Street lamp, each", "amount": "7", "note": "Kept words"}
    page = browser.sign_in(clerk_of(where)).open(f"/office/prices/{where.slug}").press("Add it", **good | typed)
    assert page.all("p", id=f"{field}-error") and page.all("input", id="note")[0].get("value") == "Kept words"


def test_a_picked_price_fills_the_first_empty_line_without_scripts(browser):
    cycle = make.cycle()
    listed(cycle.neighborhood)
    page = steps.to(browser.sign_in(make.person()), cycle, "costs")
    typed = {"estimate-0-what": "Permits", "estimate-0-amount": "300"}
    filled = page.press("Use it Street lamp, each", **typed)
    fields = [f"estimate-{n}-{part}" for n in (0, 1) for part in ("what", "amount")]
    lines = [filled.all("input", id=each)[0].get("value") for each in fields]
    assert lines == ["Permits", "300", "Street lamp, each", "2,900"]
    assert "$3,200" in filled.text and filled.press(steps.ON).one("h1") == "Who would help?"


def test_a_full_estimate_takes_no_more(browser):
    cycle = make.cycle()
    listed(cycle.neighborhood)
    page = steps.to(browser.sign_in(make.person()), cycle, "costs")
    for _ in range(12):
        page = page.press("Use it Street lamp, each")
    assert "Use it Street lamp, each" not in page.text and "$34,800" in page.text


def test_another_neighborhood_s_price_is_not_taken(browser):
    cycle, foreign = make.cycle(), listed(make.neighborhood())
    page = steps.to(browser.sign_in(make.person()), cycle, "costs")
    answer = browser.client.post(page.path, data={"pick": str(foreign)})
    assert b"Street lamp" not in answer.data


@pytest.mark.parametrize("role", [None, Role.OFFICER, Role.OBSERVER, Role.ADMIN, Role.CLERK])
def test_nobody_but_a_clerk_of_the_neighborhood_sets_prices(app, role):
    where, elsewhere = make.neighborhood(), make.neighborhood()
    person = steps.holding(role, elsewhere if role is Role.CLERK else where) if role else make.person()
    with pytest.raises(NoStanding):
        services.add(where.id, LAMP, by=actor_of(person))


def test_the_same_thing_stands_on_the_list_once(app):
    where = make.neighborhood()
    listed(where)
    with pytest.raises(DomainError) as refusal:
        listed(where)
    assert refusal.value.field == "label" and len(queries.of_neighborhood(where.id)) == 1

"""The office: what waits, planning a cycle, leading it, and places with their maps."""

import io
import json
from datetime import date, timedelta

import pytest

from app.accounts.models import RoleGrant
from app.core.access import Role
from app.core.db import transaction
from app.cycles import queries
from app.cycles.rules import PhaseKind, Stage
from app.proposals.review import services as reviews
from app.proposals.review.rules import Decision
from tests import make
from tests.proposals import said

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[-74.0, 40.0], [-73.9, 40.0], [-73.9, 40.1], [-74.0, 40.1], [-74.0, 40.0]]],
}
DAYS = {
    f"{kind}_{end}": f"2027-0{month}-{'01' if end == 'first' else '28'}"
    for month, kind in enumerate(PhaseKind, start=1)
    for end in ("first", "last")
}


def start_now(cycle):
    """Move the dates of a draft so that collecting is on."""
    with transaction():
        for phase in cycle.phases:
            phase.starts_at, phase.ends_at = phase.starts_at - timedelta(days=20), phase.ends_at - timedelta(days=20)


def clerk_of(where):
    """A clerk of one neighborhood only."""
    person = make.person()
    with transaction():
        person.grants = [RoleGrant(role=Role.CLERK, neighborhood_id=where.id, starts_on=date(2020, 1, 1))]
    return person


def map_file(*names):
    """A GeoJSON file with one square for each name."""
    named = [{"type": "Feature", "properties": {"name": name}, "geometry": SQUARE} for name in names]
    return io.BytesIO(json.dumps({"type": "FeatureCollection", "features": named}).encode()), "areas.geojson"


@pytest.fixture
def clerk(browser):
    """A clerk's browser."""
    return browser.sign_in(make.person(roles=(Role.CLERK,)))


def test_a_clerk_plans_a_cycle_and_finds_it_as_a_draft(clerk):
    where = make.neighborhood()
    page = clerk.open(f"/office/cycles/new/{where.slug}")
    kept = page.press(
        "Keep it as a draft", name="Safer streets 2027", year="2027", pot="100,000", contingency="5,000", **DAYS
    )
    assert kept.one("h1") == "Safer streets 2027"
    (cycle,) = queries.of_neighborhoods([where.id])
    assert (cycle.stage, cycle.spendable_cents, len(cycle.phases)) == (Stage.DRAFT, 95_000_00, 5)


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_is_kept(clerk):
    page = clerk.open(f"/office/cycles/new/{make.neighborhood().slug}")
    answers = DAYS | {"voting_first": "2027-02-10"}
    wrong = page.press("Keep it as a draft", name="Streets", year="2027", pot="100", contingency="100", **answers)
    assert wrong.one("p", id="contingency-error").endswith("so it must be smaller than the pot.")
    assert wrong.all("input", name="pot")[0].get("value") == "100"
    again = wrong.press("Keep it as a draft", contingency="0")
    assert "must start after the one before it has ended" in again.one("p", id="voting_first-error")


def test_a_form_sent_twice_plans_one_cycle(clerk):
    page = clerk.open(f"/office/cycles/new/{make.neighborhood().slug}")
    for _again in range(2):
        page.press("Keep it as a draft", name="Streets", year="2027", pot="100", contingency="0", **DAYS)
    assert len(queries.of_neighborhoods(None)) == 1


def test_a_clerk_leads_a_cycle_from_draft_into_the_open(clerk):
    cycle = make.cycle(stage=Stage.DRAFT)
    start_now(cycle)
    page = clerk.open(f"/office/cycles/{cycle.id}").follow("Publish the cycle and collect proposals")
    done = page.press("Yes, do it")
    assert "Collecting proposals" in done.text
    assert queries.facts(cycle.id).stage is Stage.COLLECTING


def test_a_step_says_why_not_yet_and_is_refused_by_hand_too(clerk):
    cycle = make.cycle(stage=Stage.COLLECTING)
    page = clerk.open(f"/office/cycles/{cycle.id}")
    assert "Residents were promised these days." in page.text
    assert not [a for a in page.all("a") if a.get("href", "").endswith("/step/reviewing")]
    refused = clerk.open(f"/office/cycles/{cycle.id}/step/reviewing").press("Yes, do it")
    assert (refused.status, queries.facts(cycle.id).stage) == (409, Stage.COLLECTING)


def test_a_step_taken_twice_goes_one_step(clerk):
    cycle = make.cycle(stage=Stage.CERTIFIED)
    page = clerk.open(f"/office/cycles/{cycle.id}/step/delivering")
    page.press("Yes, do it")
    assert page.press("Yes, do it").status == 200
    assert queries.facts(cycle.id).stage is Stage.DELIVERING


def test_after_the_ballot_only_what_decides_nothing_can_be_edited(clerk):
    cycle = make.cycle(stage=Stage.BALLOT_FIXED)
    page = clerk.open(f"/office/cycles/{cycle.id}/edit")
    assert not page.all("input", name="pot")
    page.press("Save the changes", summary="Come and vote.")
    facts = queries.facts(cycle.id)
    assert (facts.summary, facts.pot_cents) == ("Come and vote.", cycle.pot_cents)


def test_drafts_of_other_neighborhoods_do_not_exist_for_a_clerk(browser):
    own, other = make.neighborhood(), make.cycle(stage=Stage.DRAFT)
    person = clerk_of(own)
    assert browser.sign_in(person).open(f"/office/cycles/{other.id}").status == 404
    assert other.name not in browser.open("/office/cycles/").text


def test_residents_cannot_open_the_office(browser):
    browser.sign_in(make.person())
    assert [browser.open(path).status for path in ("/office/", "/office/cycles/", "/office/neighborhoods/")] == [
        403
    ] * 3


def test_a_clerk_adds_a_neighborhood_with_categories_in_an_order(clerk):
    page = clerk.open("/office/neighborhoods/new")
    shown = page.press(
        "Add it", name="Mill Quarter", time_zone="America/New_York", currency="USD", languages=["en", "es"]
    )
    for name in ("Lighting", "Youth"):
        form = clerk.open("/office/neighborhoods/mill-quarter/categories/new")
        shown = form.press("Add it", name=name, icon="lighting")
    moved = shown.press("Up Youth")
    words = moved.one("table")
    assert words.index("Youth") < words.index("Lighting")


def test_outlines_are_shown_before_they_are_saved(clerk):
    where = make.neighborhood()
    page = clerk.open(f"/office/neighborhoods/{where.slug}/areas/new")
    preview = page.press("Show it on a map first", name="Old Town", boundary=json.dumps(SQUARE))
    assert "<svg" in preview.html.split("<figure")[1] and "Nothing is saved yet." in preview.text
    assert "Old Town" not in clerk.open(f"/office/neighborhoods/{where.slug}").text
    assert "Old Town" in preview.press("Put it on the map").text


def test_a_file_of_several_areas_is_read_whole_or_not_at_all(clerk):
    where = make.neighborhood()
    page = clerk.open(f"/office/neighborhoods/{where.slug}/areas/new")
    saved = page.press("Put it on the map", file=map_file("North", "South"))
    assert "North" in saved.text and "South" in saved.text
    twice = page.press("Put it on the map", file=map_file("East", "North"), once="another")
    assert "There is an area called “North” already." in twice.text
    assert "East" not in clerk.open(f"/office/neighborhoods/{where.slug}").text


def test_a_wrong_outline_is_named_at_its_field(clerk):
    where = make.neighborhood()
    page = clerk.open(f"/office/neighborhoods/{where.slug}/areas/new")
    wrong = page.press("Put it on the map", name="Here", boundary='{"type": "Point", "coordinates": [0, 0]}')
    assert "An area is an outline" in wrong.one("p", id="boundary-error")


def test_the_to_do_list_counts_what_waits(browser):
    where = make.neighborhood()
    make.proposal(within=make.cycle(where=where))
    browser.sign_in(make.person(roles=(Role.CLERK, Role.OFFICER)))
    text = browser.open("/office/").one("table")
    assert "Proposals to review 1 0" in text and "Residences to verify 0 –" in text


def test_an_officer_is_led_to_every_desk_and_not_told_that_no_cycle_is_running(browser):
    make.proposal(within=make.cycle())
    browser.sign_in(make.person(roles=(Role.OFFICER,)))
    page = browser.open("/office/")
    assert "No cycle is running" not in page.text
    doors = [a.get("href") for th in page.all("th") for a in th if a.get("href")]
    assert len(doors) == 10 and all(browser.open(door).status == 200 for door in doors)


def test_the_to_do_list_says_how_long_authors_have_left_to_answer(app, browser):
    asked = make.proposal(within=make.cycle())
    reviews.review(asked.id, said.finding(Decision.NEEDS_CHANGES), by=make.actor(Role.OFFICER))
    browser.sign_in(make.person(roles=(Role.OFFICER,)))
    assert "days left to answer" in browser.open("/office/").one("table")


def test_the_to_do_list_costs_few_statements(app, browser, statements):
    for _each in range(3):
        make.cycle(stage=Stage.REVIEWING)
    browser.sign_in(make.person(roles=(Role.CLERK,)))
    statements.clear()
    browser.open("/office/")
    assert len(statements) <= 18

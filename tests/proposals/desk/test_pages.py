"""The desk in the browser: one page by keyboard, nothing lost, who may open what in which phase; the form to print."""

import pytest
import sqlalchemy as sa

from app.core.access import Role
from app.core.db import db, transaction
from app.cycles.rules import Stage as CycleStage
from app.proposals.desk import policies, services
from app.proposals.desk.models import PaperForm
from app.proposals.rules import Stage
from tests import make
from tests.browser import Browser
from tests.proposals.desk.forms import CONTACT, SEND, answers, paper, today_of
from tests.proposals.said import words
from tests.proposals.writing.steps import holding, newest

WHOLE = {"clerk here", "officer here"}
LATER = (CycleStage.REVIEWING, CycleStage.BALLOT_FIXED, CycleStage.CLOSED)


@pytest.fixture
def cycle(app):
    return make.cycle()


@pytest.fixture
def clerk(cycle):
    return holding(Role.CLERK, cycle.neighborhood)


def desk_of(browser, cycle, person):
    return browser.sign_in(person).open(f"/office/paper-forms/{cycle.id}/type-in")


def people(cycle):
    """Everybody who might type, by what they are; None is a visitor."""
    here, elsewhere = cycle.neighborhood, make.neighborhood()
    return {
        "clerk here": holding(Role.CLERK, here),
        "officer here": holding(Role.OFFICER, here),
        "clerk elsewhere": holding(Role.CLERK, elsewhere),
        "officer elsewhere": holding(Role.OFFICER, elsewhere),
        "observer": make.person(roles=(Role.OBSERVER,)),
        "overseer": make.person(roles=(Role.OVERSEER,)),
        "administrator": make.person(roles=(Role.ADMIN,)),
        "resident": make.person(resident_of=here),
        "visitor": None,
    }


def somebody(app, person):
    """A browser in front of which they sit."""
    return Browser(app) if person is None else Browser(app).sign_in(person)


def typists(browsers, cycle):
    """Who gets a form to type in."""
    there = f"/office/paper-forms/{cycle.id}/type-in"
    return {name for name, each in browsers.items() if SEND in each.open(there).html}


def test_the_office_types_in_until_the_ballot_is_fixed(app, cycle):
    browsers = {name: somebody(app, person) for name, person in people(cycle).items()}
    assert typists(browsers, cycle) == WHOLE
    office, found = {name: browsers[name] for name in WHOLE}, {}
    for stage in LATER:
        with transaction():
            cycle.stage = stage
        found[stage] = typists(office, cycle)
    assert found == {stage: WHOLE if stage is CycleStage.REVIEWING else set() for stage in LATER}


def test_the_check_notices_a_desk_that_everybody_of_the_office_opens(app, cycle, monkeypatch):
    monkeypatch.setattr(policies, "may_type", lambda actor, neighborhood_id: True)
    office = {name: somebody(app, person) for name, person in people(cycle).items() if "elsewhere" in name}
    assert typists(office, cycle) == {"clerk elsewhere", "officer elsewhere"}


def test_a_form_is_typed_in_on_one_page_and_the_next_is_ready(browser, cycle, clerk):
    page = desk_of(browser, cycle, clerk).press(SEND, **answers(cycle))
    made = newest()
    assert (made.stage, made.gains, made.helpers) == (Stage.SUBMITTED, "Two hundred children", "The school")
    assert "Form 12 is in as 2026-P001" in page.text
    assert page.all("input", name="received_on")[0].get("value") == today_of(cycle).isoformat()
    assert page.all("input", name="number")[0].get("value") in (None, "")
    shown = Browser(browser.client.application).open(f"/proposals/{made.id}")
    assert "Handed in on paper, typed in by the office" in shown.text and "Old Jo" in shown.text
    assert CONTACT not in shown.html and "paper.invalid" not in shown.html


def test_nothing_that_was_typed_is_lost_on_any_error(browser, cycle, clerk):
    typed = answers(cycle, received_on="", contact="", title="Dim", estimate__0__amount="lots")
    page = desk_of(browser, cycle, clerk).press(SEND, **typed)
    errors = [e.get("id") for e in page.all("p", class_="govuk-error-message")]
    assert {"received_on-error", "contact-error", "title-error", "estimate-0-amount-error"} <= set(errors)
    assert kept(page) == filled_in(typed)


@pytest.mark.parametrize("refusal", ["typed_already", "no_more", "dear"])
def test_nothing_is_lost_when_the_verb_refuses(browser, cycle, clerk, refusal):
    with transaction():
        cycle.most_proposals, cycle.most_cost_cents = 1, 50_000_00
    person = make.person(resident_of=cycle.neighborhood)
    services.type_in(cycle.id, paper(cycle, "7", account_id=person.id), by=make.actor(Role.CLERK))
    typed = {
        "typed_already": answers(cycle, number="No. 7"),
        "no_more": answers(cycle, has_account="yes", account=person.email),
        "dear": answers(cycle, estimate__0__amount="60,000"),
    }[refusal]
    page = desk_of(browser, cycle, clerk).press(SEND, **typed)
    assert page.status == 200 and page.all("p", class_="govuk-error-message")
    assert kept(page) == filled_in(typed)
    assert db.session.query(PaperForm).count() == 1


def test_the_check_notices_a_field_that_is_emptied(browser, cycle, clerk):
    typed = answers(cycle, received_on="")
    page = desk_of(browser, cycle, clerk).press(SEND, **typed)
    page.all("textarea", name="need")[0].text = ""
    assert kept(page) != filled_in(typed)


def filled_in(typed):
    """What was typed, by the name of its field."""
    return {name.replace("__", "-"): value for name, value in typed.items() if value}


def kept(page):
    """What stands in the form, without what was never filled in."""
    form, _pressed = page._form_with(SEND)
    filled = page._filled(form, _pressed, {})
    return {n: v for n, v in filled.items() if v and n not in ("csrf_token", "once", "language", "area_id")}


def test_a_form_that_was_typed_in_before_is_linked(browser, cycle, clerk):
    first = services.type_in(cycle.id, paper(cycle), by=make.actor(Role.CLERK))
    page = desk_of(browser, cycle, clerk).press(SEND, **answers(cycle, number="0012"))
    assert "it is 2026-P001" in page.text
    assert page.follow("See 2026-P001").path == f"/proposals/{first.id}"


def test_sending_twice_makes_one_proposal(browser, cycle, clerk):
    page = desk_of(browser, cycle, clerk)
    page.press(SEND, **answers(cycle))
    page.press(SEND, **answers(cycle))
    assert db.session.query(PaperForm).count() == 1


def test_an_account_is_found_by_address_and_chosen_where_two_fit(browser, cycle, clerk):
    one, two = (make.person(resident_of=cycle.neighborhood) for _ in range(2))
    page = desk_of(browser, cycle, clerk).press(SEND, **answers(cycle, has_account="yes", account="1 mill lane"))
    assert "Please choose who it is" in page.text
    assert {r.get("value") for r in page.all("input", name="person_id")} == {str(one.id), str(two.id)}
    page.press(SEND, person_id=str(two.id))
    assert newest().author_id == two.id


def test_officers_do_not_see_where_people_live(browser, cycle):
    make.person(resident_of=cycle.neighborhood, public_name="Ada Two")
    officer = holding(Role.OFFICER, cycle.neighborhood)
    page = desk_of(browser, cycle, officer).press(SEND, **answers(cycle, has_account="yes", account="ada two"))
    assert "Ada Two (" in page.text and "1 Mill Lane" not in page.text


def test_somebody_known_from_an_earlier_form_is_offered(browser, cycle, clerk):
    first = services.type_in(cycle.id, paper(cycle), by=make.actor(Role.CLERK))
    page = desk_of(browser, cycle, clerk).press(SEND, **answers(cycle, number="13"))
    page.press(SEND, person_id=str(first.author_id))
    assert newest().author_id == first.author_id
    again = desk_of(browser, cycle, clerk).press(SEND, **answers(cycle, number="14"))
    again.press(SEND, person_id="new")
    assert newest().author_id != first.author_id


def test_it_is_withdrawn_on_a_signed_paper_from_its_page(browser, cycle, clerk):
    made = services.type_in(cycle.id, paper(cycle), by=make.actor(Role.CLERK))
    page = browser.sign_in(clerk).open(f"/proposals/{made.id}").follow("Withdraw it on a signed paper")
    page = page.press("Withdraw it", signed_on=today_of(cycle).isoformat(), reason="They moved away.")
    assert "as its author asked for on a signed paper" in page.text and "They moved away." in page.text
    listed = browser.open(f"/office/paper-forms/{cycle.id}")
    assert "2026-P001" in listed.text and made.title not in listed.text


def test_the_form_to_print_has_the_rules_of_the_cycle_and_where_it_goes(browser, cycle, clerk):
    with transaction():
        cycle.most_cost_cents, cycle.most_proposals = 50_000_00, 2
    page = browser.open(f"/cycles/{cycle.id}").follow("Paper form to print")
    assert "at the office of the neighborhood" in page.text
    browser.sign_in(clerk).open(f"/office/paper-forms/{cycle.id}/where").press("Save", place="The library, 5 Mill Lane")
    text = browser.open(f"/cycles/{cycle.id}/paper-form").text
    for said in ("The library, 5 Mill Lane", "$50,000 at the most", "2 proposals", "Street lighting", "Mill Lane"):
        assert said in text


def test_an_unpublished_cycle_has_no_form(browser):
    draft = make.cycle(stage=CycleStage.DRAFT)
    assert browser.open(f"/cycles/{draft.id}/paper-form").status == 404


def test_the_list_of_the_desk_costs_the_same_for_many(app, cycle, clerk, statements):
    made = [paper(cycle, str(n), public_name=f"Jo {n}", words=words(cycle)) for n in range(3)]
    browser, counts = Browser(app).sign_in(clerk), []
    for each in made:
        services.type_in(cycle.id, each, by=make.actor(Role.CLERK))
        statements.clear()
        browser.open(f"/office/paper-forms/{cycle.id}")
        counts.append(len(statements))
    assert counts[-1] == counts[0]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PaperForm)) == 3

"""The pages of seats: a clerk offers, whoever is asked answers, everybody reads."""

from datetime import timedelta

from app.core.access import Role
from app.core.clock import today
from app.taskforces.seats.offers import services as offers
from app.taskforces.seats.rules import SeatKind, Side
from tests import make
from tests.browser import Browser


def test_a_seat_is_offered_accepted_and_ended_from_the_pages(app, browser):
    body, ada = make.task_force(), make.person()
    browser.sign_in(make.person(roles=(Role.CLERK,)))
    page = browser.open(f"/task-forces/{body.slug}").follow("Offer a seat").follow("Add an organization")
    page.press("Add it", name="Mill Lane Residents", kind="residents")
    page = browser.open(f"/task-forces/{body.slug}/seats/offer")
    wrong = page.press("Offer the seat", side="community", email="nobody@example.org")
    assert "has an account with this address" in wrong.text and wrong.all("input", value="nobody@example.org")
    offered = page.press("Offer the seat", side="community", email=ada.email.upper())
    assert "Offered and not answered yet" in offered.text
    hers = Browser(app).sign_in(ada).open("/task-forces/").follow("Accept or decline").follow(body.name)
    assert "Mill Lane Residents" in hers.text
    assert "The seat is yours" in hers.press("Accept the seat").text
    ended = browser.open(f"/task-forces/{body.slug}").follow(f"End the term: {ada.public_name}").press("End the term")
    assert "The term has an end" in ended.text


def test_whoever_is_nominated_hears_of_it_while_it_is_open(app, mailbox):
    body, ada, clerk = make.task_force(), make.person(), make.actor(Role.CLERK)
    facts = {"kind": SeatKind.DEPUTY, "side": Side.COMMUNITY, "email": ada.email, "starts_on": today()}
    command = offers.OfferSeat(organization_id=make.organization(body.neighborhood).id, **facts)
    asked = offers.offer(body.id, command, by=clerk)
    mail = mailbox.newest()
    assert mail.to == [ada.email] and body.name in mail.subject
    assert "Deputy, Community side" in mail.body and f"/task-forces/offers/{asked.id}" in mail.body
    offers.take_back(asked.id, by=clerk)
    again = offers.offer(body.id, command, by=clerk)
    offers.take_back(again.id, by=clerk)
    assert mailbox.newest().body == mail.body


def test_the_next_term_begins_where_this_one_ends(app, browser):
    body = make.task_force()
    make.organization(body.neighborhood)
    make.seated(body, SeatKind.SECRETARY, ends_on=today() + timedelta(days=9))
    browser.sign_in(make.person(roles=(Role.CLERK,)))
    form = browser.open(f"/task-forces/{body.slug}").follow("Offer the next term: Secretary")
    assert form.all("input", name="starts_on", value=(today() + timedelta(days=10)).isoformat())
    assert [each.get("value") for each in form.all("input", checked="checked")] == ["secretary", "community"]


def test_an_offer_is_seen_by_whoever_got_it_and_by_clerks_only(app, browser):
    body = make.task_force()
    asked = make.seat_offer(body)
    pages = [f"/task-forces/offers/{asked.id}"]
    browser.sign_in(make.person())
    assert {browser.open(page).status for page in pages} == {404}
    assert {browser.sign_in(asked.person).open(page).status for page in pages} == {200}


def test_a_seat_of_another_task_force_is_not_found_here(app, browser):
    body, other = make.task_force(), make.task_force()
    seat = make.seat_of(make.co_chair(other))
    browser.sign_in(make.person(roles=(Role.CLERK,)))
    assert browser.open(f"/task-forces/{body.slug}/seats/{seat.id}/end").status == 404


def test_the_page_never_shows_an_address_or_an_open_offer(app, browser):
    body = make.task_force()
    asked, chair = make.seat_offer(body), make.co_chair(body)
    html = browser.open(f"/task-forces/{body.slug}").html
    assert make.account(chair).email not in html and asked.person.public_name not in html

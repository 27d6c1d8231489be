"""Asking and answering on the pages, and the mails between two authors."""

import pytest

from app.core.access import Role
from app.cycles.rules import Stage as CycleStage
from app.proposals.rules import code
from tests import make
from tests.browser import Browser
from tests.proposals.merging.test_merging import pair

MESSAGE = "Both want lamps on the lane; please keep the bench."


@pytest.fixture
def two(app):
    cycle = make.cycle()
    return [make.proposal(within=cycle, title=title) for title in ("Lamps by the school", "Lamps by the bridge")]


def asked(app, joining, other):
    page = Browser(app).sign_in(joining.author).open(f"/proposals/{joining.id}").follow("Join it into another proposal")
    return page.press("Ask its author", into=code(2026, other.number), message=MESSAGE)


def test_two_authors_join_their_proposals_by_mail_and_page(app, two, mailbox):
    joining, other = two
    assert "has not answered yet" in asked(app, joining, other).text
    assert mailbox.newest().to == [other.author.email] and MESSAGE in mailbox.newest().body
    page = Browser(app).sign_in(other.author).open(mailbox.link())
    assert MESSAGE in page.text and joining.summary in page.text
    assert "Has taken in:" in page.press("Send the answer", answer="yes").text
    assert mailbox.newest().to == [joining.author.email] and "has agreed" in mailbox.newest().body
    gone = Browser(app).open(f"/proposals/{joining.id}")
    assert f"Joined into {code(2026, other.number)}" in gone.text and "Joined into another" in gone.text
    assert gone.follow(f"{code(2026, other.number)} · Lamps by the bridge").one("h1") == "Lamps by the bridge"


def test_a_no_is_mailed_with_its_reason(app, two, mailbox):
    joining, other = two
    asked(app, joining, other)
    page = Browser(app).sign_in(other.author).open(f"/proposals/{other.id}")
    page = page.follow(f"Read both and answer {code(2026, joining.number)}")
    page = page.press("Send the answer", answer="no")
    assert "Please say why" in page.one("p", id="reason-error")
    page.press("Send the answer", answer="no", reason="Ours is about another street.")
    assert "Ours is about another street." in mailbox.newest().body
    assert "Join it into another proposal" in Browser(app).sign_in(joining.author).open(f"/proposals/{joining.id}").text


def test_who_asked_can_take_it_back(app, two):
    page = asked(app, *two).press("Take the request back")
    assert "taken the request back" in page.text and "Join it into another proposal" in page.text


def test_what_is_wrong_stands_at_its_field_and_the_rest_is_kept(app, two):
    page = Browser(app).sign_in(two[0].author).open(f"/proposals/{two[0].id}/join")
    page = page.press("Ask its author", into="P9", message=MESSAGE)
    assert "No proposal of this cycle" in page.one("p", id="into-error")
    assert MESSAGE in page.one("textarea", id="message")


@pytest.mark.parametrize("role", [None, *Role])
def test_a_request_is_between_the_two_authors(app, role):
    joining, other, row = pair()
    stranger = Browser(app).sign_in(make.person(roles=(role,) if role else ()))
    for path in (f"/proposals/joins/{row.id}", f"/proposals/{joining.id}/join"):
        assert stranger.open(path).status == 403
    page = stranger.open(f"/proposals/{other.id}")
    assert "asks to join" not in page.text and "They want the same." not in page.text
    assert "asks to join" in Browser(app).sign_in(other.author).open(f"/proposals/{other.id}").text


def test_a_request_that_is_not_there_is_not_found(app):
    assert Browser(app).sign_in(make.person()).open("/proposals/joins/999999").status == 404


def test_once_the_ballot_is_fixed_the_page_says_that_nothing_can_be_joined(app):
    joining, _other, _row = pair(phase=CycleStage.VOTING)
    page = Browser(app).sign_in(joining.author).open(f"/proposals/{joining.id}/join")
    assert page.status == 200 and "cannot be joined now" in page.text

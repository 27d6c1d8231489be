"""Who opens which page of a board: role × here or elsewhere, and the buttons that a page offers."""

from datetime import date

import pytest

from app.accounts.models import Person, RoleGrant
from app.accounts.visits.models import Visit
from app.core.access import Role
from app.core.db import db, transaction
from app.cycles.models import Cycle
from app.voting.board.models import BoardMember
from app.voting.board.rules import ActKind
from app.voting.board.services import request
from tests import make
from tests.browser import Browser
from tests.voting.board.sat import change, earlier, refusals
from tests.voting.together import table

PAGES = ("", "/fix", "/board/{}", "/name-the-board")
HERE, AWAY = "here", "elsewhere"
BOARD = (200, 200, 200, 200)
WATCHES = (200, 200, 200, 403)
NOBODY = (403, 403, 403, 403)
ANSWERS = {
    (None, HERE): NOBODY,
    (Role.CLERK, HERE): BOARD,
    (Role.CLERK, AWAY): NOBODY,
    (Role.OBSERVER, HERE): WATCHES,
    (Role.OBSERVER, AWAY): NOBODY,
    (Role.OFFICER, HERE): NOBODY,
    (Role.ADMIN, HERE): NOBODY,
    (Role.OVERSEER, HERE): NOBODY,
}


@pytest.fixture
def waiting(app):
    """A request to fix a ballot: the cycle, and its id in hex."""
    cycle = make.votable_cycle()
    first, _second, _observer = make.board_of(cycle.id)
    return cycle, request(cycle.id, ActKind.FIX, {}, by=first).hex()


def somebody(role, where):
    """Staff with a role in one neighborhood, or a resident of it."""
    if role is None:
        return make.person(resident_of=where)
    person = make.person(is_staff=True)
    with transaction():
        person.grants.append(RoleGrant(role=role, neighborhood_id=where.id, starts_on=date(2020, 1, 1)))
    return person


def opened(browser, cycle, action_id):
    return tuple(browser.open(f"/voting/{cycle.id}{page.format(action_id)}").status for page in PAGES)


@pytest.mark.parametrize(("role", "place"), ANSWERS)
def test_who_opens_which_page(app, waiting, role, place):
    cycle, action_id = waiting
    where = cycle.neighborhood if place == HERE else make.neighborhood()
    browser = Browser(app).sign_in(somebody(role, where))
    assert opened(browser, cycle, action_id) == ANSWERS[role, place]


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_signs_in_first(browser, waiting, page):
    cycle, action_id = waiting
    assert browser.open(f"/voting/{cycle.id}{page.format(action_id)}").path.startswith("/sign-in")


def test_members_open_every_page_and_only_clerks_name(app, waiting):
    cycle, action_id = waiting
    board = table(app, cycle.id)
    seen = [opened(browser, cycle, action_id) for browser in (board.first, board.second, board.observer)]
    assert seen == [BOARD, BOARD, WATCHES]


def test_a_community_member_watches_what_they_decide_about(app, waiting):
    cycle, action_id = waiting
    ada = make.person(resident_of=cycle.neighborhood)
    facts = {"cycle_id": cycle.id, "person_id": ada.id, "part": "runs", "named_at": earlier(days=2)}
    with transaction():
        db.session.add(BoardMember(**facts))
    assert opened(Browser(app).sign_in(ada), cycle, action_id) == WATCHES


def test_each_reads_what_they_may_do(app, waiting):
    cycle, action_id = waiting
    board, path = table(app, cycle.id), f"/voting/{cycle.id}/board/{action_id}"
    buttons = {
        name: [word for word in ("I agree: Fix the ballot", "Decline it", "Withdraw it") if word in page.text]
        for name, page in (
            ("first", board.first.open(path)),
            ("second", board.second.open(path)),
            ("observer", board.observer.open(path)),
            ("clerk", Browser(app).sign_in(make.person(roles=(Role.CLERK,))).open(path)),
        )
    }
    assert buttons == {
        "first": ["Withdraw it"], "second": ["I agree: Fix the ballot", "Decline it"], "observer": [], "clerk": [],
    }  # fmt: skip


def test_what_is_agreed_reads_as_the_rule_card_does(app, waiting):
    cycle, action_id = waiting
    read = table(app, cycle.id).second.open(f"/voting/{cycle.id}/board/{action_id}").text
    for words in ("Shared budget, then runoffs", "Runs the vote", "Unspent money goes into the pot"):
        assert words in read
    assert not [code for code in ("shared-budget", "next_cycle", "+00:00", "· runs") if code in read]


def test_a_button_sent_by_somebody_who_has_none_is_refused_and_in_the_log(app, waiting):
    cycle, action_id = waiting
    board, path = table(app, cycle.id), f"/voting/{cycle.id}/board/{action_id}"
    seen = board.second.open(path)
    answers = {e.get("name"): e.get("value") for e in seen.all("input") if e.get("name") == "seen"}
    own = board.observer.open(f"/voting/{cycle.id}/fix").all("input", name="csrf_token")[0].get("value")
    page = board.observer.post(f"{path}/approve", answers | {"csrf_token": own})
    assert "Only the members who run this vote can do this." in page.text
    assert [told["reason"] for told in refusals()] == ["not_running"]


def test_whoever_signed_in_long_ago_confirms_first_and_comes_back(app, waiting, monkeypatch):
    monkeypatch.setitem(app.config, "DEMO", True)
    cycle, action_id = waiting
    board = table(app, cycle.id)
    second = make.board_of(cycle.id)[1]
    change(Person, Person.id == second.id, email="second@demo.lamplight.example")
    change(Visit, Visit.person_id == second.id, confirmed_at=earlier(minutes=11))
    page = board.second.open(f"/voting/{cycle.id}/board/{action_id}")
    assert "I agree" not in page.text
    page = page.follow("Confirm that it is you").press("Yes, it is me")
    assert page.path == f"/voting/{cycle.id}/board/{action_id}"
    assert "Done: Fix the ballot." in page.press("I agree: Fix the ballot").text


def test_a_request_that_changed_meanwhile_says_so_on_its_page(app, waiting):
    cycle, action_id = waiting
    page = table(app, cycle.id).second.open(f"/voting/{cycle.id}/board/{action_id}")
    change(Cycle, Cycle.id == cycle.id, pot_cents=90_000_00)
    assert "Something has changed since this was asked for" in page.press("I agree: Fix the ballot").text


@pytest.mark.parametrize(
    ("who", "button", "said"), [("first", "Withdraw it", "Withdrawn"), ("second", "Decline it", "Declined")]
)
def test_a_request_is_withdrawn_or_declined_by_its_button(app, waiting, who, button, said):
    cycle, action_id = waiting
    board, path = table(app, cycle.id), f"/voting/{cycle.id}/board/{action_id}"
    assert said in getattr(board, who).open(path).press(button).text
    page = board.second.open(path)
    assert said in page.text and "I agree" not in page.text


@pytest.mark.parametrize("action_id", ["0" * 32, "ff", "not-hex"])
def test_an_unknown_request_is_not_found(app, waiting, action_id):
    cycle, _action_id = waiting
    assert table(app, cycle.id).first.open(f"/voting/{cycle.id}/board/{action_id}").status == 404


def test_a_request_of_another_vote_is_not_found_here(app, waiting):
    _cycle, action_id = waiting
    other = make.votable_cycle()
    assert table(app, other.id).first.open(f"/voting/{other.id}/board/{action_id}").status == 404


def test_the_list_of_votes_says_where_somebody_waits(app, waiting):
    cycle, _action_id = waiting
    board = table(app, cycle.id)
    assert "Waits for a second member" in board.second.open(f"/voting/{cycle.id}").text
    assert cycle.name in board.second.open("/voting/").text

"""The pages of codes and stations: who opens them, voting by a code, and a shared computer that keeps nothing."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.access import Role
from app.core.clock import now
from app.core.db import db, transaction
from app.voting.models import Envelope, RollEntry
from app.voting.roll.codes.models import CodeBatch, CodeVisit
from app.voting.roll.stations.models import Station
from app.voting.roll.stations.rules import shown_casts
from tests import make
from tests.browser import Browser
from tests.voting.roll.codes import open_vote_with_cards
from tests.voting.roll.lists import clerk_of, holder


def picks_and_checks(page):
    """From the ballot to the page that asks to confirm."""
    add = next(b for b in page.all("button", name="move") if b.get("value") == "add:1")
    return page.press(add.get("aria-label") or "".join(add.itertext()).strip()).press("Check my ballot")


def votes(page):
    return picks_and_checks(page).press("Seal and cast my ballot")


def envelopes():
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(Envelope))


def a_station(app, clerk, cycle_id):
    browser = Browser(app).sign_in(make.account(clerk))
    page = browser.open(f"/office/roll/{cycle_id}/stations").press("Start the station here", location="Library")
    return browser, page


def test_somebody_without_an_account_votes_with_a_code_and_is_gone(app):
    _vote, codes, _clerk = open_vote_with_cards("Mia Lund")
    browser = Browser(app)
    page = votes(browser.open("/vote-by-code").press("Go to the ballot", code=codes["Mia Lund"].lower()))
    assert page.one("h1") == "Thank you. Your vote is stored." and envelopes() == 1
    page.press("Done")
    assert "Sign in to vote" in browser.open(page.path.replace("/thanks", "")).text


def test_a_code_changes_the_vote_until_the_close(app):
    _vote, codes, _clerk = open_vote_with_cards("Mia Lund")
    for _ in range(2):
        page = votes(Browser(app).open("/vote-by-code").press("Go to the ballot", code=codes["Mia Lund"]))
    assert "Thank you" in page.one("h1")
    assert (envelopes(), db.session.scalar(sa.select(sa.func.max(RollEntry.revision)))) == (2, 2)


def test_after_the_cast_only_the_same_page_is_answered_and_nothing_new_is_stored(app):
    vote, codes, _clerk = open_vote_with_cards("Mia Lund")
    check = picks_and_checks(Browser(app).open("/vote-by-code").press("Go to the ballot", code=codes["Mia Lund"]))
    once, again = (check.press("Seal and cast my ballot") for _ in range(2))
    assert once.one("h1") == again.one("h1") == "Thank you. Your vote is stored." and envelopes() == 1
    assert check.browser.open(f"/ballots/{vote.cycle_id}").path.endswith("/thanks")


def test_somebody_signed_in_is_signed_out_by_typing_a_code(app):
    _vote, codes, _clerk = open_vote_with_cards("Mia Lund")
    browser = Browser(app).sign_in(make.person(public_name="Ada Mercer"))
    page = browser.open("/vote-by-code")
    assert "You are signed in as Ada Mercer" in page.text
    assert "Nobody is signed in here" in page.press("Go to the ballot", code=codes["Mia Lund"]).text
    assert browser.open("/account").path.startswith("/sign-in")


def test_a_ballot_that_comes_after_the_time_is_up_says_that_nothing_was_stored(app):
    _vote, codes, _clerk = open_vote_with_cards("Mia Lund")
    check = picks_and_checks(Browser(app).open("/vote-by-code").press("Go to the ballot", code=codes["Mia Lund"]))
    with transaction():
        db.session.execute(sa.update(CodeVisit).values(ends_at=now() - timedelta(seconds=1)))
    page = check.press("Seal and cast my ballot")
    assert (page.status, envelopes()) == (409, 0) and "stored nothing" in page.text


@pytest.mark.parametrize(
    ("code", "said"), [("nonsense", "one character is wrong"), ("00000-00000-0000", "does not work")]
)
def test_a_code_that_is_none_is_refused_at_its_field(app, code, said):
    open_vote_with_cards("Mia Lund")
    page = Browser(app).open("/vote-by-code").press("Go to the ballot", code=code)
    assert page.all("p", id="code-error") and said in page.text


def test_a_station_serves_one_voter_after_another_and_keeps_nothing(app):
    vote, codes, clerk = open_vote_with_cards("Mia Lund", "Kai Berg")
    browser, page = a_station(app, clerk, vote.cycle_id)
    assert page.one("h1") == "Next voter" and browser.open("/account").path.startswith("/sign-in")
    for name in codes:
        page = votes(page.press("Go to the ballot", code=codes[name]))
        assert "Back to" not in page.text
        page = page.press("Next voter")
    assert envelopes() == 2
    assert browser.open(f"/ballots/{vote.cycle_id}").one("h1") == "Next voter"
    assert browser.open(f"/ballots/{vote.cycle_id}/thanks").one("h1") == "Next voter"


def test_a_page_of_the_voter_before_sent_again_shows_the_next_one_nothing(app):
    vote, codes, clerk = open_vote_with_cards("Mia Lund", "Kai Berg")
    _browser, page = a_station(app, clerk, vote.cycle_id)
    before = picks_and_checks(page.press("Go to the ballot", code=codes["Mia Lund"]))
    before.browser.open("/station").press("Go to the ballot", code=codes["Kai Berg"])
    for button in ("Go back and change the list", "Seal and cast my ballot"):
        again = before.press(button)
        assert again.status == 400 and not again.all("button", name="move")
    assert envelopes() == 0


def test_a_stations_ballot_goes_away_by_itself_and_nothing_is_kept_by_the_browser(app):
    vote, codes, clerk = open_vote_with_cards("Mia Lund")
    browser, page = a_station(app, clerk, vote.cycle_id)
    page.press("Go to the ballot", code=codes["Mia Lund"])
    answer = browser.client.get(f"/ballots/{vote.cycle_id}")
    without_script = '<noscript><meta http-equiv="refresh" content="150; url=/station"></noscript>'
    assert without_script in answer.get_data(as_text=True) and answer.headers["Cache-Control"] == "no-store"
    assert browser.client.get("/about").headers["Refresh"] == "150; url=/station"
    assert browser.open("/station").one("h1") == "Next voter"
    assert browser.open(f"/ballots/{vote.cycle_id}").one("h1") == "Next voter"


def test_a_ballot_at_home_does_not_go_away_by_itself(app):
    vote, codes, _clerk = open_vote_with_cards("Mia Lund")
    browser = Browser(app)
    browser.open("/vote-by-code").press("Go to the ballot", code=codes["Mia Lund"])
    answer = browser.client.get(f"/ballots/{vote.cycle_id}")
    assert "Refresh" not in answer.headers and "http-equiv" not in answer.get_data(as_text=True)


def test_a_clerk_closes_a_station_from_elsewhere(app):
    vote, codes, clerk = open_vote_with_cards("Mia Lund")
    browser, page = a_station(app, clerk, vote.cycle_id)
    office = Browser(app).sign_in(make.account(clerk)).open(f"/office/roll/{vote.cycle_id}/stations")
    assert "The station is closed." in office.press("Close it Library").text
    assert "This station is closed" in page.press("Go to the ballot", code=codes["Mia Lund"]).text
    assert "This station is closed" in browser.open("/station").text


def test_casts_of_a_station_are_told_in_full_tens(app):
    assert [shown_casts(n) for n in (0, 9, 10, 19, 20)] == [0, 0, 10, 10, 20]
    vote, codes, clerk = open_vote_with_cards("Mia Lund")
    _browser, page = a_station(app, clerk, vote.cycle_id)
    votes(page.press("Go to the ballot", code=codes["Mia Lund"]))
    assert db.session.scalar(sa.select(Station.casts)) == 1
    office = Browser(app).sign_in(make.account(clerk)).open(f"/office/roll/{vote.cycle_id}/stations")
    assert "Library" in office.text and "fewer than 10" in office.text


def test_a_clerk_downloads_the_cards_once(app):
    vote, _codes, clerk = open_vote_with_cards("Mia Lund")
    made = db.session.scalar(sa.select(CodeBatch.id))
    browser = Browser(app).sign_in(make.account(clerk))
    page = browser.open(f"/office/roll/{vote.cycle_id}/codes").follow(f"Batch {made}").follow("Download the cards")
    assert "%PDF" in page.press("Download them, once").html
    assert "There is nothing to download" in browser.open(page.path).text
    assert page.press("Download them, once").status == 409
    assert "codes are void" in browser.open(f"{page.path[: -len('/download')]}/replace").press("Make them void").text


PLACES = ("/codes", "/codes/{made}", "/codes/{made}/download", "/codes/{made}/replace", "/stations")


@pytest.mark.parametrize("role", [Role.CLERK, Role.OBSERVER, Role.OFFICER, Role.OVERSEER, Role.ADMIN])
def test_only_a_clerk_of_the_neighborhood_opens_codes_and_stations(app, role):
    vote, _codes, clerk = open_vote_with_cards("Mia Lund")
    made = db.session.scalar(sa.select(CodeBatch.id))
    pages = [f"/office/roll/{vote.cycle_id}{place.format(made=made)}" for place in PLACES]
    own = clerk if role is Role.CLERK else holder(role, [vote.cycle.neighborhood_id])
    browser = Browser(app).sign_in(make.account(own))
    assert {browser.open(page).status for page in pages} == {200 if role is Role.CLERK else 403}
    stranger = Browser(app).sign_in(make.account(holder(role, [make.neighborhood().id])))
    assert {stranger.open(page).status for page in pages} == {403}


def test_a_batch_or_station_of_another_cycle_is_not_found(app):
    vote, _codes, _clerk = open_vote_with_cards("Mia Lund")
    other, _roll = make.open_vote()
    made = db.session.scalar(sa.select(CodeBatch.id))
    browser = Browser(app).sign_in(make.account(clerk_of(vote.cycle.neighborhood_id, other.cycle.neighborhood_id)))
    for place in PLACES[1:4]:
        assert browser.open(f"/office/roll/{other.cycle_id}{place.format(made=made)}").status == 404

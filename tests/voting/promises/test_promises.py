"""The promises: the same words everywhere, nothing promised that this vote cannot keep, and tests that exist."""

from dataclasses import replace

import pytest

from app.core.db import transaction
from app.cycles.rules import PublicationLevel
from app.voting.promises import words
from app.voting.promises.rules import HELD_BY, Limit, Promise, not_promised, promised
from app.voting.queries import vote_facts
from tests import make
from tests.house import ROOT


@pytest.mark.parametrize("promise", Promise)
def test_the_tests_that_hold_a_promise_exist(promise):
    assert HELD_BY[promise]
    assert [name for name in HELD_BY[promise] if not (ROOT / name).exists()] == []


@pytest.mark.parametrize(("threshold", "alone"), [(1, True), (2, False), (3, False), (None, False)])
def test_secrecy_is_promised_only_where_no_single_key_opens_the_ballots(threshold, alone):
    given = promised(threshold=threshold, level=PublicationLevel.FULL)
    assert (Promise.SECRET not in given and Promise.SHUT not in given) is alone
    assert (Limit.ONE_KEY in not_promised(threshold=threshold)) is alone


@pytest.mark.parametrize("level", PublicationLevel)
def test_everybody_may_recount_only_what_is_published_in_full(level):
    given = promised(threshold=2, level=level)
    assert (Promise.RECOUNT in given) is (level is PublicationLevel.FULL)
    assert (Promise.RECOUNT_BY_SOME in given) is (level is not PublicationLevel.FULL)


def test_the_page_names_the_key_holders_and_the_level_of_the_open_vote(app, browser):
    vote, _roll = make.open_vote()
    page = browser.open("/promises/")
    assert "1 of 1 key holders" in page.text and vote.keys[0].holder in page.text
    assert "in this vote a single key opens the ballots" in page.text
    assert page.text.count("tests/") >= 6


def test_with_several_key_holders_the_promise_names_them(app):
    vote, _roll = make.open_vote()
    facts = vote_facts(vote.cycle_id)
    with transaction():
        for key in vote.keys:
            key.holder = "Mira Okafor, library"
    with app.test_request_context():
        given = words.given(replace(facts, threshold=2, trustees=3))
    [secret] = [each.text for each in given if "no single person" in each.text]
    assert "2 of these 3 people: Mira Okafor, library" in secret


def test_without_an_open_vote_the_page_speaks_in_general(app, browser):
    page = browser.open("/promises/")
    assert "each vote names them" in page.text and "a single key" not in page.text


def test_thanks_ballot_and_promise_page_say_the_same(app, browser):
    vote, [voter] = make.open_vote()
    make.cast(vote, voter, [1])
    browser.sign_in(make.account(voter))
    with app.test_request_context():
        sentences = [given.text for given in words.given(vote_facts(vote.cycle_id))]
    sentences += words.limits(vote_facts(vote.cycle_id))
    for path in (f"/ballots/{vote.cycle_id}/thanks", f"/ballots/{vote.cycle_id}", f"/promises/{vote.cycle_id}"):
        text = browser.open(path).text
        assert [said for said in sentences if said not in text] == [], path


def test_the_footer_leads_to_the_promises(app, browser):
    assert browser.open("/").follow("Our promises").one("h1") == "What we promise about your vote"

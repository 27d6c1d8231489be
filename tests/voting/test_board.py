"""The board's page: where the vote stands, what the next step needs, and a question before each step."""

import pytest

from app.core.access import Role
from app.voting import queries
from app.voting.rules import VoteStage
from tests import make
from tests.browser import Browser, Page, text_of


def clerk(browser: Browser) -> Browser:
    return browser.sign_in(make.person(roles=(Role.CLERK,)))


def observer(browser: Browser) -> Browser:
    return browser.sign_in(make.person(roles=(Role.OBSERVER,)))


def due(page: Page) -> str:
    return next(text_of(h) for h in page.all("h2") if text_of(h).startswith("Next: "))


def test_a_clerk_brings_a_vote_from_the_review_to_its_close(browser):
    home = make.neighborhood()
    cycle_id = make.votable_cycle(where=home).id
    make.electorate(home, 3)
    page = clerk(browser).open(f"/voting/{cycle_id}").follow("Fix the ballot").press("Fix the ballot")
    page = page.follow("Open the vote").press("Open the vote")
    page = page.follow("Close the vote").press("Close the vote", early_reason="The hall burned down.")
    assert due(page) == "Next: Open the envelopes"
    assert queries.vote_facts(cycle_id).stage is VoteStage.CLOSED


def test_closing_early_without_a_reason_is_refused_at_its_field(browser):
    vote, _roll = make.open_vote()
    page = clerk(browser).open(f"/voting/{vote.cycle_id}/close").press("Close the vote")
    assert "give the reason that everybody will read" in page.one("p", id="early_reason-error")
    assert queries.vote_facts(vote.cycle_id).stage is VoteStage.OPEN


def test_the_reason_of_an_early_close_is_shown_on_the_ballot(browser):
    vote, _roll = make.open_vote()
    page = clerk(browser).open(f"/voting/{vote.cycle_id}/close")
    page.press("Close the vote", early_reason="The hall burned down.")
    assert "The hall burned down." in browser.open(f"/ballots/{vote.cycle_id}").text


def test_what_a_step_lacks_stands_in_the_place_of_its_button(browser):
    cycle = make.votable_cycle(options=0)
    page = clerk(browser).open(f"/voting/{cycle.id}")
    assert "0 proposals are feasible" in page.text
    assert "Not yet: something is missing." in page.text


def test_the_record_shows_roll_rule_card_lot_and_key(browser):
    vote, _roll = make.open_vote(voters=4)
    facts = queries.vote_facts(vote.cycle_id)
    text = clerk(browser).open(f"/voting/{vote.cycle_id}").text
    fingerprint = queries.trustees(vote.id)[0].fingerprint
    shown = (facts.roll_hash, facts.rule_card_hash, facts.lot_commitment, fingerprint, "On the roll 4")
    assert [fact for fact in shown if fact not in text] == []


def test_a_small_turnout_is_no_number(browser):
    vote, roll = make.open_vote(voters=4)
    make.cast(vote, roll[0], [1])
    assert "Have voted Fewer than 10" in clerk(browser).open(f"/voting/{vote.cycle_id}").text


def test_an_observer_watches_and_takes_no_step(browser):
    vote, _roll = make.open_vote()
    page = observer(browser).open(f"/voting/{vote.cycle_id}")
    assert "A clerk takes this step. You watch." in page.text
    assert browser.open(f"/voting/{vote.cycle_id}/close").status == 403


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADMIN, Role.OVERSEER])
def test_nobody_else_opens_the_board(browser, role):
    vote = make.fixed_vote()
    assert browser.sign_in(make.person(roles=(role,))).open(f"/voting/{vote.cycle_id}").status == 403


def test_a_step_that_is_not_due_leads_back_to_the_board(browser):
    vote, _roll = make.open_vote()
    assert clerk(browser).open(f"/voting/{vote.cycle_id}/fix").path == f"/voting/{vote.cycle_id}"


def test_the_list_of_votes_leads_to_the_board(browser):
    vote = make.fixed_vote()
    page = clerk(browser).open("/voting/")
    assert page.follow(vote.cycle.name).path == f"/voting/{vote.cycle_id}"


def test_the_board_costs_as_many_statements_for_many_options_as_for_few(browser, statements):
    counts = []
    signed_in = clerk(browser)
    for options in (1, 6):
        vote = make.fixed_vote(options=options)
        path = f"/voting/{vote.cycle_id}"
        statements.clear()
        assert signed_in.open(path).status == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]

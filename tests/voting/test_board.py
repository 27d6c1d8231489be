"""The board's page: where the vote stands, what the next step needs, and a question before each step."""

import pytest

from app.core.access import Role
from app.voting import queries
from app.voting.board import queries as boards
from app.voting.board.rules import ActKind
from app.voting.rules import VoteStage
from tests import make
from tests.browser import Browser, Page, text_of
from tests.voting.together import table


def clerk(browser: Browser) -> Browser:
    return browser.sign_in(make.person(roles=(Role.CLERK,)))


def due(page: Page) -> str:
    return next(text_of(h) for h in page.all("h2") if text_of(h).startswith("Next: "))


def test_two_members_bring_a_vote_from_the_review_to_its_reconciliation(app):
    home = make.neighborhood()
    cycle_id = make.votable_cycle(where=home).id
    make.electorate(home, 3)
    board = table(app, cycle_id)
    assert due(board.first.open(f"/voting/{cycle_id}")) == "Next: Fix the ballot"
    board.agree("fix", "Fix the ballot")
    board.agree("open", "Open the vote")
    board.agree("close", "Close the vote", early_reason="The hall burned down.")
    page = board.agree("reconcile", "Reconcile the numbers")
    assert due(page) == "Next: Open the envelopes"
    assert queries.vote_facts(cycle_id).stage is VoteStage.RECONCILED


def test_the_board_comes_to_the_question_by_the_link_of_the_step(app):
    cycle_id = make.votable_cycle().id
    page = table(app, cycle_id).first.open(f"/voting/{cycle_id}").follow("Ask the board: Fix the ballot")
    assert page.path == f"/voting/{cycle_id}/fix" and "another one has to agree within a day" in page.text


def test_asking_alone_changes_nothing(app):
    cycle_id = make.votable_cycle().id
    page = table(app, cycle_id).ask("fix")
    assert "Another member of the board has to agree" in page.text
    assert queries.find_vote(cycle_id) is None


def test_closing_early_without_a_reason_is_refused_at_its_field(app):
    vote, _roll = make.open_vote()
    page = table(app, vote.cycle_id).ask("close")
    assert "give the reason that everybody will read" in page.one("p", id="early_reason-error")
    assert boards.actions(vote.cycle_id)[0].kind is ActKind.OPEN


def test_the_reason_of_an_early_close_is_shown_on_the_ballot(app, browser):
    vote, _roll = make.open_vote()
    table(app, vote.cycle_id).agree("close", "Close the vote", early_reason="The hall burned down.")
    assert "The hall burned down." in browser.open(f"/ballots/{vote.cycle_id}").text


def test_what_a_step_lacks_stands_in_the_place_of_its_button(app):
    cycle = make.votable_cycle(options=0)
    page = table(app, cycle.id).first.open(f"/voting/{cycle.id}")
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


def test_an_observer_watches_and_takes_no_step(app):
    vote, _roll = make.open_vote()
    observer = table(app, vote.cycle_id).observer
    page = observer.open(f"/voting/{vote.cycle_id}")
    assert "Two of the members who run this vote take this step. You watch." in page.text
    refused = observer.open(f"/voting/{vote.cycle_id}/close").press("Ask the board", early_reason="Enough.")
    assert "Only the members who run this vote can do this." in refused.text
    assert queries.vote_facts(vote.cycle_id).stage is VoteStage.OPEN


def test_a_clerk_who_is_not_on_the_board_takes_no_step(browser):
    vote, _roll = make.open_vote()
    page = clerk(browser).open(f"/voting/{vote.cycle_id}/close").press("Ask the board", early_reason="Enough.")
    assert "Only the members who run this vote can do this." in page.text


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

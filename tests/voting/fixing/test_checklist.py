"""The check list before a ballot is fixed: what is missing, and that the fixing is refused by it in the same words."""

from datetime import timedelta

import pytest

from app.core.access import Role
from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError
from app.cycles.queries import facts
from app.proposals.ballot_texts import services as texts
from app.proposals.ballot_texts.services import WriteText
from app.proposals.rules import Stage as ProposalStage
from app.voting.board.rules import ActKind
from app.voting.fixing import services, words
from app.voting.queries import find_vote
from tests import make
from tests.voting.fixing import asked
from tests.voting.together import table


def codes(cycle):
    return [check.code for check in words.missing(facts(cycle.id))]


def refusal(act):
    try:
        act()
    except DomainError as refused:
        db.session.rollback()
        return refused.code, refused.message
    return None


def test_a_cycle_without_a_plan_asks_for_nothing_new(app):
    cycle = make.votable_cycle()
    assert codes(cycle) == []
    assert make.agreed(ActKind.FIX, cycle.id).cycle_id == cycle.id


def test_what_is_missing_goes_away_piece_by_piece(app):
    cycle = asked.cycle_that_asks()
    assert codes(cycle) == ["short_text_missing", "task_force_missing", "confirmation_missing"]
    asked.words(cycle)
    assert codes(cycle) == ["task_force_missing", "confirmation_missing"]
    asked.bodies(cycle)
    assert codes(cycle) == ["confirmation_missing"]
    asked.confirmed(cycle)
    assert codes(cycle) == []


def _text_waits(cycle):
    proposal = asked.feasible(cycle)[0]
    texts.write(proposal.id, WriteText(text="Other words.", language="en"), by=_officer())


def _officer():
    return make.actor(Role.OFFICER)


def _text_only_in_english(cycle):
    proposal = asked.feasible(cycle)[0]
    texts.write(proposal.id, WriteText(text="Other words.", language="en"), by=asked.author_of(proposal))


def _prices_go_on(cycle):
    asked.a_plan(cycle, prices_until=now() + timedelta(days=1))


def _price_after_the_phase(cycle):
    asked.costed(asked.feasible(cycle)[0], _officer())
    asked.confirmed(cycle)


def _other_list(cycle):
    make.proposal(stage=ProposalStage.FEASIBLE, within=cycle, cost_cents=1_00)


MISSING = {
    "short_text_waits": _text_waits,
    "language_missing": _text_only_in_english,
    "prices_phase": _prices_go_on,
    "price_unpublished": _price_after_the_phase,
    "confirmation_missing": _other_list,
}


@pytest.mark.parametrize("code", MISSING)
def test_the_fixing_is_refused_by_the_check_list_in_its_words(app, code):
    cycle = asked.ready()
    MISSING[code](cycle)
    first = words.missing(facts(cycle.id))[0]
    assert code in codes(cycle)
    assert refusal(lambda: make.agreed(ActKind.FIX, cycle.id)) == (first.code, first.text)
    assert find_vote(cycle.id) is None


def test_the_check_notices_a_fixing_that_does_not_ask_the_list(app, monkeypatch):
    cycle = asked.cycle_that_asks()
    monkeypatch.setattr(services.words, "missing", lambda _cycle: [])
    assert refusal(lambda: make.agreed(ActKind.FIX, cycle.id)) is None


def test_a_language_nobody_has_translated_is_missing_by_name(app):
    cycle = asked.cycle_that_asks(languages=("en", "fr"))
    check = next(each for each in words.missing(facts(cycle.id)) if each.code == "wording_missing")
    assert "the rule in plain words" in check.text and check.door[0] == "office_places.show"


def test_every_sentence_of_the_card_is_said_in_spanish(app):
    cycle = facts(asked.cycle_that_asks().id)
    english, spanish = words.wordings(cycle, "en"), words.wordings(cycle, "es")
    assert english.keys() == spanish.keys() and all(english[key] != spanish[key] for key in english)
    assert words.unsaid_wordings(cycle, "es") == []


def test_the_list_shows_each_missing_thing_with_a_link_to_where_it_is_mended(app):
    cycle = asked.cycle_that_asks()
    board = table(app, cycle.id)
    page = board.first.open(f"/voting/{cycle.id}").follow("Open the check list")
    assert "3 things are missing" in page.text
    for check in words.missing(facts(cycle.id)):
        assert board.first.open(page.follow(f"Mend it: {check.text}").path).status == 200


def test_a_full_list_leads_to_the_question_to_the_board(app):
    cycle = asked.ready()
    page = table(app, cycle.id).first.open(f"/voting/{cycle.id}/checklist")
    assert "Nothing is missing" in page.text
    assert page.follow("Ask the board: Fix the ballot").path == f"/voting/{cycle.id}/fix"


def test_a_stranger_does_not_read_the_list(app, browser):
    cycle = asked.cycle_that_asks()
    page = browser.sign_in(make.person()).open(f"/voting/{cycle.id}/checklist")
    assert page.status in (403, 404)


def test_every_door_of_the_check_list_opens_for_whoever_it_is_shown_to(app, browser):
    cycle = asked.cycle_that_asks()
    make.proposal(within=cycle)
    for role in (Role.CLERK, Role.OBSERVER):
        page = browser.sign_in(make.person(roles=(role,))).open(f"/voting/{cycle.id}/checklist")
        doors = [a.get("href") for th in page.all("th") for a in th if a.get("href")]
        assert doors and [browser.open(door).status for door in doors] == [200] * len(doors)

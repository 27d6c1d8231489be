"""What a board does when something has gone wrong, in Chromium: two people with keyboards, no scripts, on a phone."""

from datetime import timedelta

import pytest

from app.core.access import Role
from app.core.db import db
from app.voting.board.changes.queries import changes
from app.voting.extending.queries import extensions
from app.voting.paper import queries as paper
from app.voting.queries import vote_facts
from tests import make
from tests.voting.paper.station import SEARCHED, lost

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.parametrize("app", ["sqlite"], indirect=True)]
REASON = "The site was down on the last evening."


def agreed(asker, other, words):
    """The one has asked; the other opens the same request and agrees."""
    assert "The board is asked." in asker.hands.text
    read = other.open(asker.hands.page.url.partition("#")[0])
    assert "Exactly this happens" in read and "+00:00" not in read
    text = other.press(f"I agree: {words}")
    db.session.rollback()  # the site has written with another connection
    return text


def test_a_later_end_is_asked_for_and_agreed_on(app, walker):
    vote, _roll = make.open_vote()
    cycle_id, day = vote.cycle_id, (vote_facts(vote.cycle_id).closes_at + timedelta(days=3)).date()
    asker, other, _observer = (walker(who) for who in make.board_of(cycle_id))
    asker.open(f"/voting/{cycle_id}")
    asker.follow("Or extend the vote to a later day")
    assert "There is something to correct" in asker.press("Ask the board") and extensions(vote.id) == []
    asker.hands.set_day("last_day", day)
    asker.hands.fill("Why the vote goes on longer", REASON)
    assert REASON in asker.press("Ask the board")
    assert REASON in agreed(asker, other, "Extend the vote")
    assert [each.reason for each in extensions(vote.id)] == [REASON]


def test_a_member_is_replaced(app, walker):
    cycle_id, joins = make.fixed_vote().cycle_id, make.person(roles=(Role.CLERK,))
    first, second, watches = make.board_of(cycle_id)
    asker, observer = walker(first), walker(watches)
    asker.open(f"/voting/{cycle_id}")
    asker.follow("Every change of the board, and how to change it")
    asker.follow("Change the board")
    assert "There is something to correct" in asker.press("Ask the board") and changes(cycle_id) == []
    asker.hands.choose("leaves", str(second.id))
    asker.hands.choose("joins", str(joins.id))
    asker.hands.fill("Reason, for everybody to read", REASON)
    asker.press("Ask the board")
    assert joins.public_name in agreed(asker, observer, "Change the board")
    assert [each.joiner for each in changes(cycle_id)] == [joins.public_name]


def test_lost_paper_is_explained(app, walker):
    at = lost(1)
    asker, other, _observer = (walker(who) for who in make.board_of(at.cycle_id))
    asker.open(f"/paper/{at.cycle_id}")
    asker.follow("Explain what was lost and is not found")
    assert "There is something to correct" in asker.press("Ask the board")
    asker.hands.choose("place", f"{at.box_id} slips")
    asker.hands.fill("How many are missing", "1")
    asker.hands.fill("What was done to find it, for everybody to read", SEARCHED)
    asker.press("Ask the board")
    agreed(asker, other, "Explain what is missing")
    assert SEARCHED in other.open(f"/paper/{at.cycle_id}")
    assert [each.missing for each in paper.explained(at.vote_id)] == [1]

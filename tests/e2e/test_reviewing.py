"""A reviewer goes from the queue to a published refusal; its author asks for a second look; another officer answers."""

import pytest

from tests.e2e import town
from tests.e2e.conftest import PHONE
from tests.e2e.doors import AUTHOR, COLLECTED
from tests.e2e.hands import Keyboard, Mouse

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NO = "The steps belong to the railway, which has said no to any lamps there."
ASKED = "The land register says that the steps have been the city's since 1987."
YES = "We read the register too: the steps are the city's. It is reviewed again."


def test_a_reviewer_refuses_in_public_and_another_officer_looks_again(own_site, look):
    town.show_other_weeks(own_site)
    proposal = town.ask(own_site, COLLECTED)[0]
    title = town.ask(own_site, "SELECT title FROM proposal WHERE id = ?", proposal)[0]
    first, second = (town.staff(own_site, "officer", nth=nth) for nth in range(2))
    author = town.on_the_sign_in_page(own_site, town.ask(own_site, AUTHOR)[0])

    page = Keyboard(look(own_site)).sign_in(first).open("/review/")
    refuse(page, title)
    theirs = Mouse(look(own_site, javascript=False, size=PHONE), scripts=False).sign_in(author)
    ask_again(theirs.open(f"/proposals/{proposal}"))
    assert title in page.open("/review/?heap=looks").text
    look_again(Mouse(look(own_site)).sign_in(second).open("/review/second-looks"), title)

    told = theirs.open(f"/proposals/{proposal}").text
    assert YES in told and "Waiting for review" in told
    assert "You had a part in turning it down" in page.open(f"/review/{proposal}").text


def refuse(page, title):
    """From the queue to a finding that everybody reads, with nothing but a keyboard."""
    page.follow(title)
    page.press("Take it")
    page.choose("decision", "not_feasible")
    page.select("Why?", "not_ours_to_decide")
    page.fill("Explain it in plain words", NO)
    page.choose("answers-1-reply", "no")
    page.write("answers-1-sentence", "The railway owns the steps.")
    page.tick("no_interest", "y")
    page.press("Publish the finding")
    assert NO in page.text and "It is not ours to decide." in page.text


def ask_again(page):
    """On a phone, without scripts."""
    assert NO in page.text and "Until" in page.text
    page.follow("Ask for a second look")
    page.fill("What did the officer overlook, or what is not right?", ASKED)
    page.press("Ask for a second look")
    assert ASKED in page.text and "Another officer answers" in page.text


def look_again(page, title):
    """As another officer, from the list of those that wait."""
    page.follow(title)
    page.choose("outcome", "reopened")
    page.fill("Explain it in plain words", YES)
    page.press("Publish the answer")

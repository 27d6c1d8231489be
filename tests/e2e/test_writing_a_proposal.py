"""A resident on a phone, with a keyboard and no scripts, from nothing to submitted; and drafts that save themselves."""

import re
import time

import pytest

from app.proposals.writing.rules import Step
from tests.e2e import town
from tests.e2e.conftest import PHONE
from tests.e2e.doors import COLLECTING
from tests.e2e.hands import Keyboard, Mouse

pytestmark = [pytest.mark.browser, pytest.mark.slow]
KIND = "SELECT min(c.id) FROM category c JOIN cycle y ON y.neighborhood_id = c.neighborhood_id WHERE y.id = ?"
A_KEY, A_PAGE = 0.35, 10.0
"""Seconds, on the slow side: to press a key (34 words a minute on a telephone), and to read a new page."""
FIVE_MINUTES = 300


@pytest.fixture
def cycle_id(shared_site):
    town.show_other_weeks(shared_site)
    return town.ask(shared_site, COLLECTING)[0]


class Counting(Keyboard):
    """Counts the keys its user has to press and the pages they come to."""

    keys = pages = 0

    def fill(self, label, text, *, nth=0):
        super().fill(label, text, nth=nth)
        self.keys += len(text)

    def _go(self, wanted, words):
        super()._go(wanted, words)
        self.pages += 1

    def _focused(self):
        self.keys += 1
        return super()._focused()


def write(page, kind):
    """Every question answered in a sentence."""
    page.fill("Why is it needed?", "The lane is dark and the children take a long way round.")
    page.press("Save and go on")
    page.fill("Title", "Six lamps on Mill Lane")
    page.fill("What should happen?", "Put six warm lamps between the school and the bus stop.")
    page.choose("category_id", str(kind))
    page.choose("watches_people", "no")
    page.press("Save and go on")
    page.fill("Where?", "Mill Lane")
    page.press("Save and go on")
    page.fill("Who gains?", "Two hundred children")
    page.press("Save and go on")
    page.fill("What for", "Lamps")
    page.fill("Amount", "12000")
    page.press("Save and go on")
    page.press("Save and go on")


def test_a_resident_on_a_phone_goes_from_nothing_to_submitted(shared_site, look, cycle_id, figure):
    page = Counting(look(shared_site, javascript=False, size=PHONE), scripts=False)
    begun = time.monotonic()
    page.sign_in(town.residents(shared_site, 1)[0])
    page.open(f"/cycles/{cycle_id}").follow("Propose a project")
    write(page, town.ask(shared_site, KIND, cycle_id)[0])
    assert page.heading == "Check it and send it in"
    assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.press("Send it in")
    assert "Waiting for review" in page.text and page.heading == "Six lamps on Mill Lane"
    by_hand = page.keys * A_KEY + page.pages * A_PAGE
    took = f"{by_hand:.0f} s by hand, {time.monotonic() - begun:.1f} s by machine"
    figure("W1", "from nothing to submitted, by keyboard", size=f"{page.pages} pages, {page.keys} keys", figure=took)
    assert by_hand < FIVE_MINUTES


def test_a_draft_saves_itself_and_meets_no_words_of_its_own(shared_site, look, cycle_id):
    page = Mouse(look(shared_site)).sign_in(town.residents(shared_site, 2)[1])
    page.open(f"/proposals/submit?cycle_id={cycle_id}")
    page.fill("Why is it needed?", "The pond has no rail")
    page.page.wait_for_url(re.compile(rf"/proposals/\d+/write/{Step.NEED}$"))
    assert page.page.get_by_role("status").filter(has_text="Saved at").count() == 1
    page.fill("Why is it needed?", "The pond has no rail, and children play there.")
    page.press("Save and go on")
    assert page.heading == "What is your idea?"
    page.follow("One step back")
    assert page.page.input_value("#need") == "The pond has no rail, and children play there."


def test_two_windows_keep_both_texts_in_sight(shared_site, look, cycle_id):
    first = Mouse(look(shared_site)).sign_in(town.residents(shared_site, 3)[2])
    first.open(f"/proposals/submit?cycle_id={cycle_id}").fill("Why is it needed?", "The bend is dark after six.")
    first.press("Save and go on")
    first.follow("One step back")
    second = Mouse(first.page.context.new_page()).open(first.page.url.removeprefix(shared_site.url))
    first.fill("Why is it needed?", "The bend is dark and icy after six.")
    first.press("Save and go on")
    second.fill("Why is it needed?", "The bend is dark and nobody sees the bicycles.")
    second.page.get_by_role("status").filter(has_text="another window").wait_for()
    second.press("Save and go on")
    assert "The bend is dark and icy after six." in second.text
    assert second.page.input_value("#need") == "The bend is dark and nobody sees the bicycles."

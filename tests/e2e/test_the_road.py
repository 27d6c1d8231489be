"""From an idea to a printed report in a real browser: with scripts, without, and with nothing but a keyboard."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.e2e import town
from tests.e2e.conftest import Site
from tests.e2e.hands import Keyboard, Mouse
from tests.e2e.road import BENCH, CATEGORY, IDEAS, LAMPS, MURAL, WALKS, Road
from tests.sizes import size

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.soak]

TASK_FORCE = f"""SELECT t.slug FROM task_force t JOIN remit r ON r.task_force_id = t.id
    WHERE r.category_id = ({CATEGORY} LIMIT 1)"""
WAYS = {
    "with scripts": (Mouse, True),
    "without scripts": (Mouse, False),
    "keyboard only": (Keyboard, True),
    "keyboard only, without scripts": (Keyboard, False),
}
WALKED = size(commit=("keyboard only, without scripts",), night=tuple(WAYS))
"""At the size of a commit the way with the least help; `test_ballot_by_hand` votes with scripts."""


@pytest.fixture(params=WALKED)
def road(request: pytest.FixtureRequest, shared_site: Site, look: Callable[..., Page]) -> Road:
    """A site, and one way to walk through it."""
    kind, javascript = WAYS[request.param]
    return Road(shared_site, request.param, lambda: kind(look(shared_site, javascript=javascript), scripts=javascript))


def test_a_proposal_becomes_a_project_and_a_report(road):
    clerk, officer = town.staff(road.site, "clerk"), town.staff(road.site, "officer")
    board = (clerk, town.staff(road.site, "clerk", nth=1))
    ideas_become_a_ballot(road, board, officer)
    a_ballot_becomes_a_result(road, board)
    a_result_becomes_final(road, board)
    a_result_becomes_work(road, clerk)
    edition = road.report(clerk)
    pdf = printed(road, edition)
    data_hash = town.ask(road.site, "SELECT data_hash FROM edition WHERE id = ?", edition)[0]
    assert road.title(LAMPS) in pdf and data_hash in "".join(pdf.split())


def ideas_become_a_ballot(road, board, officer):
    clerk = board[0]
    road.plan(clerk)
    road.step(clerk, "Publish the cycle and collect proposals")
    for resident, title in zip(town.residents(road.site, 4), IDEAS, strict=True):
        road.propose(resident, title)
    road.days_pass()
    road.step(clerk, "Close the collection and start the review")
    for title in set(IDEAS) - {MURAL}:
        road.review(officer, title)
    refuse(road, officer)
    for resident, title in zip(town.residents(road.site, 4), IDEAS, strict=True):
        if title != MURAL:
            road.word(resident, title)
    road.name_board(board, town.staff(road.site, "observer"))
    road.board_step(board, "Fix the ballot")
    road.days_pass()


def refuse(road, officer):
    page = road.as_(officer).open(f"/review/{road.proposals[MURAL]}")
    page.choose("decision", "not_feasible")
    page.select("Why?", "not_ours_to_decide")
    page.fill("Explain it in plain words", "The bridge belongs to the railway, which has said no.")
    page.tick("no_interest", "y")
    page.press("Publish the finding")
    assert "belongs to the railway" in page.text


def a_ballot_becomes_a_result(road, board):
    road.board_step(board, "Open the vote")
    first, second, third, fourth = town.residents(road.site, 4)
    road.vote(first, (BENCH, WALKS))
    road.vote(second, (LAMPS, BENCH))
    road.vote(third, (LAMPS, WALKS, BENCH))
    road.vote(fourth, (WALKS,))
    road.vote(first, (LAMPS, BENCH))
    road.days_pass()
    for words in ("Close the vote", "Reconcile the numbers", "Open the envelopes", "Count the ballots"):
        road.board_step(board, words)
    road.certify(board[0], "Sign as clerk")
    signed = road.certify(town.staff(road.site, "observer"), "Sign as observer")
    assert "The result is certified and public." in signed.text
    everybody = road.hands().open(f"/results/{road.cycle}")
    assert "of 3 projects" in everybody.text
    said = "Funded on first choices: 3 ballots put it first, and their shares of the money, $18,000 together"
    assert said in everybody.text
    funded = everybody.page.locator("h2:has-text('What is funded') + * h3").all_inner_texts()
    assert road.title(LAMPS) in " ".join(funded)


def a_result_becomes_final(road, board):
    road.object_to(town.residents(road.site, 4)[3])
    road.answer(board)
    lamps = f"/projects/{road.project_of(LAMPS)}"
    assert "Provisional until objections are heard" in road.hands().open(lamps).text
    road.days_pass(15)
    road.board_step(board, "Declare the result final")
    assert "Provisional" not in road.hands().open(lamps).text
    road.board_step(board, "Destroy the envelopes")


def a_result_becomes_work(road, clerk):
    slug = town.ask(road.site, TASK_FORCE)[0]
    chairs = town.co_chairs(road.site, slug)
    chair = chairs[0]
    road.step(clerk, "Start building")
    road.hand_over(clerk, slug)
    road.promise(chairs)
    road.move_the_forecast(chair)
    road.tell(chair)
    everybody = road.hands().open("/projects/")
    everybody.follow(road.title(LAMPS))
    for words in ("Lamps lit", "The foundations are poured", "City streets department"):
        assert words in everybody.text
    assert "two weeks behind" in everybody.page.content()


def printed(road, edition):
    """The words of the PDF, as soon as the worker has made it."""
    for _ in range(120):
        answer = road.hands().page.request.get(f"{road.site.url}/reports/{edition}.pdf")
        if answer.ok:
            break
        time.sleep(1)
    path = Path(road.site.data_dir) / "printed.pdf"
    path.write_bytes(answer.body())
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout

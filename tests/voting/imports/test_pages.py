"""Every page and file of an imported vote: none breaks, and none says that a vote was held here."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import sqlalchemy as sa

from app.core import files
from app.core.db import db
from app.cycles.models import Cycle
from app.proposals.models import Proposal
from app.reports.models import Edition
from app.taskforces.projects.models import Project
from tests.reports import printing
from tests.voting.imports.files import board, imported, pb
from tests.voting.results import board as results_board

LIES = (
    "On the roll",
    "Only its fingerprint was published",
    "None",
    "drawn by lot",
    "Fewer than 10 people voted",
    "promised",
    "next cycle",
)


@pytest.fixture
def people(app, tmp_path: Path):
    """The board of a vote that has just been imported, with a tie in it and ballots enough to be told."""
    path = tmp_path / "elsewhere.pb"
    path.write_text(pb())
    people = board()
    done = imported(path, people)
    assert done.exit_code == 0, done.output
    return people


def _one(kind):
    return db.session.scalars(sa.select(kind)).first()


def _addresses(app) -> list[str]:
    """Every address that can be read and is about the cycle, one of its proposals, projects or reports."""
    cycle, proposal, project, edition = (_one(kind).id for kind in (Cycle, Proposal, Project, Edition))
    known = {
        "cycle_id": cycle,
        "proposal_id": proposal,
        "project_id": project,
        "edition_id": edition,
        "slug": "elsewhere",
    }
    adapter = app.url_map.bind("localhost")
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.arguments <= set(known) and "/exit" not in rule.rule:
            found.append(adapter.build(rule.endpoint, {name: known[name] for name in rule.arguments}))
    return sorted(set(found))


def test_no_page_about_it_breaks_for_anybody(app, people, browser):
    addresses = _addresses(app)
    assert len(addresses) > 60
    for person in (None, *people):
        visitor = browser if person is None else browser.sign_in(person)
        for address in addresses:
            assert visitor.client.get(address).status_code in (200, 204, 302, 400, 403, 404, 409), address


def test_its_own_pages_and_files_are_everybody_s(people, browser):
    cycle, edition = _one(Cycle).id, _one(Edition).id
    names = ("closed-ballot-set.bin", "ballots.pb", "lot.json", "outcome.json")
    of_cycle = [f"/{room}/{cycle}" for room in ("cycles", "ballots", "results")] + [f"/cycles/{cycle}/rule-card"]
    for address in [*of_cycle, *(f"/results/{cycle}/files/{name}" for name in names), f"/reports/{edition}"]:
        assert browser.client.get(address).status_code == 200, address


def test_the_board_reads_that_it_was_imported(people, browser):
    for person in people:
        page = browser.sign_in(person).open(f"/voting/{_one(Cycle).id}")
        assert page.status == 200 and "imported from a file" in page.text
        assert "The roll is not the one" not in page.text and "Envelopes" not in page.text


ABOUT_IT = ("/results/{}", "/results/{}/lot", "/cycles/{}", "/cycles/{}/rule-card", "/ballots/{}")


@pytest.mark.parametrize("page", ABOUT_IT)
def test_no_page_pretends_that_the_vote_was_held_here(people, browser, page):
    text = browser.open(page.format(_one(Cycle).id)).text
    assert "elsewhere" in text or "imported" in text
    assert [lie for lie in LIES if lie in text] == []


def test_a_vote_that_was_held_here_still_says_so(app, browser):
    """The twin: the words looked for above are those that the same pages say of an ordinary vote."""
    vote = results_board.certified().vote
    pages = ("/results/{}", "/results/{}/lot", "/ballots/{}")
    text = " ".join(browser.open(page.format(vote.cycle_id)).text for page in pages)
    assert {"On the roll", "Only its fingerprint was published", "drawn by lot"} <= {lie for lie in LIES if lie in text}
    assert "imported" not in text


def test_the_result_counts_the_ballots_of_the_file(people, browser):
    assert "12 people voted" in browser.open(f"/results/{_one(Cycle).id}").text


def test_the_page_of_the_lot_says_that_it_was_not_drawn(people, browser):
    assert "was not drawn: it was given" in browser.open(f"/results/{_one(Cycle).id}/lot").text


def test_a_proposal_is_nobody_s_here(people, browser):
    text = browser.open(f"/proposals/{_one(Proposal).id}").text
    assert "Imported from a file" in text and people[0].public_name not in text


def test_the_report_says_the_same_on_its_page_and_in_its_pdf(prints, people, browser):
    edition = _one(Edition)
    page = browser.open(f"/reports/{edition.id}").text
    content = files.load(edition.files[0].file_hash)
    with pikepdf.open(BytesIO(content)) as document:
        assert document.Root.MarkInfo.Marked
    printed = printing.text_of(content)
    for text in (page, printed):
        assert "imported from a file" in text and "was given with the file" in text
        assert "Roll" not in text.split() and "None" not in text.split()

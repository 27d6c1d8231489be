"""The pages of short texts."""

from datetime import timedelta

import pytest

from app.core.access import Role
from app.core.clock import now
from app.core.db import db, transaction
from app.proposals.ballot_texts.models import BallotText
from app.proposals.rules import Stage
from tests import make
from tests.browser import Browser
from tests.voting.fixing.asked import a_plan

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
TEXT = "Six warm lamps on Mill Lane."


@pytest.fixture
def proposal(app):
    cycle = make.votable_cycle(options=0, where=make.neighborhood(languages=["en", "es"]))
    a_plan(cycle)
    return make.proposal(stage=Stage.FEASIBLE, within=cycle)


def staff(app, role):
    return Browser(app).sign_in(make.person(roles=(role,)))


def test_an_officer_writes_and_the_author_approves_on_the_proposals_page(app, proposal, browser):
    staff(app, Role.OFFICER).open(f"/proposals/{proposal.id}/ballot-text").press("Keep this text", text=TEXT)
    assert "Waits for its author" in browser.open(f"/proposals/{proposal.id}").text
    author = Browser(app).sign_in(proposal.author)
    page = author.open(f"/proposals/{proposal.id}").follow("Read it and answer").press("I approve this text")
    assert "Approved by its author" in page.text and TEXT in page.text


def test_the_author_is_told_by_mail_that_words_wait_and_when_a_clerk_settled_them(app, proposal, mailbox):
    staff(app, Role.OFFICER).open(f"/proposals/{proposal.id}/ballot-text").press("Keep this text", text=TEXT)
    assert TEXT in mailbox.newest().body and "a clerk may settle them" in mailbox.newest().body
    with transaction():
        db.session.scalars(db.select(BallotText)).one().written_at = now() - timedelta(days=4)
    page = staff(app, Role.CLERK).open(f"/proposals/{proposal.id}/ballot-text/settle")
    page.press("Settle this text", reason="Asked twice by mail and once at the door.")
    assert "Asked twice by mail" in mailbox.newest().body


def test_too_many_words_are_refused_at_their_field_and_kept(app, proposal):
    author, long = Browser(app).sign_in(proposal.author), "lamp " * 61
    page = author.open(f"/proposals/{proposal.id}/ballot-text").press("Keep this text", text=long)
    assert "At most 60 words" in page.one("p", id="text-error") and page.one("textarea", id="text") == long.strip()


def test_a_clerk_settles_and_everybody_reads_why(app, proposal, browser):
    staff(app, Role.OFFICER).open(f"/proposals/{proposal.id}/ballot-text").press("Keep this text", text=TEXT)
    with transaction():
        db.session.scalars(db.select(BallotText)).one().written_at = now() - timedelta(days=4)
    page = staff(app, Role.CLERK).open(f"/ballot-texts/{proposal.cycle_id}").follow("Settle it for a silent author")
    page.press("Settle this text", reason="Asked twice by mail and once at the door.")
    assert "Asked twice by mail" in browser.open(f"/proposals/{proposal.id}").text


def test_another_language_is_asked_for_until_it_is_there(app, proposal):
    officer = staff(app, Role.OFFICER)
    page = officer.open(f"/proposals/{proposal.id}/ballot-text").press("Keep this text", text=TEXT)
    assert "Missing: Español" in officer.open(f"/ballot-texts/{proposal.cycle_id}").text
    page = page.follow("Write it in Español").press("Keep this wording", title="Faroles", text="Seis faroles.")
    assert "Seis faroles." in page.text
    assert "Missing" not in officer.open(f"/ballot-texts/{proposal.cycle_id}").text


def test_the_worklist_costs_the_same_however_long_it_is(app, proposal, statements):
    officer, address = staff(app, Role.OFFICER), f"/ballot-texts/{proposal.cycle_id}"
    officer.open(address)
    counted = []
    for _ in range(2):
        statements.clear()
        officer.open(address)
        counted.append(len(statements))
        for _more in range(3):
            make.proposal(stage=Stage.FEASIBLE, within=proposal.cycle)
    assert counted[0] == counted[1]


def test_a_neighbor_reads_the_text_and_cannot_write_it(app, proposal):
    assert Browser(app).sign_in(make.person()).open(f"/proposals/{proposal.id}/ballot-text").status == 403

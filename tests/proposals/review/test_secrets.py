"""What is for officers only is read by nobody else: internal notes, and findings before they are public."""

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.db import db
from app.proposals.review import services as reviews
from app.proposals.review.assigning import services as assigning
from app.proposals.review.notes import services
from app.proposals.review.publishing import services as publishing
from app.proposals.review.rules import Decision
from tests import make
from tests.browser import Browser
from tests.proposals import said
from tests.proposals.review import desk

CANARY = "Zugvogel canary of an officer"


def leaks(app, proposal):
    """Where anybody but an officer comes upon the canary: on pages, in mail, in the audit log, in the search."""
    here, clerk = f"/proposals/{proposal.id}", Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    search = f"/proposals/?cycle_id={proposal.cycle_id}&q=Zugvogel"
    looks = [(Browser(app), path) for path in (here, f"{here}/revisions", search)]
    looks += [(Browser(app).sign_in(proposal.author), here)]
    looks += [(clerk, path) for path in (here, "/review/publish", "/review/reviewers", f"/review/{proposal.id}/notes")]
    found = [path for browser, path in looks if CANARY in browser.open(path).html]
    kept = sa.text("SELECT count(*) FROM message WHERE CAST(facts AS text) LIKE '%Zugvogel%'")
    found += ["mail"] * (db.session.scalar(kept) or 0)
    found += ["audit" for body in db.session.scalars(sa.select(AuditEntry.body)) if CANARY in body]
    return found


@pytest.fixture
def officer(app):
    return make.actor(Role.OFFICER)


def test_internal_notes_are_read_by_officers_only(app, officer):
    proposal = make.proposal()
    services.write(proposal.id, CANARY, by=officer)
    reviews.review(proposal.id, said.finding(), by=officer)
    assert leaks(app, proposal) == []
    mine = Browser(app).sign_in(make.account(officer))
    assert CANARY in mine.open(f"/review/{proposal.id}").text
    assert CANARY in mine.open(f"/review/{proposal.id}/notes").text


def test_not_even_a_hash_of_a_note_is_kept_in_the_log(app, officer):
    services.write(make.proposal().id, CANARY, by=officer)
    (entry,) = db.session.scalars(sa.select(AuditEntry))
    assert entry.kind == "InternalNoteWritten" and "sha256" not in entry.body


def test_the_check_notices_a_note_that_was_published(app, officer):
    """The twin: the same words where everybody reads them are found."""
    proposal = make.proposal()
    reviews.review(proposal.id, said.finding(explanation=CANARY), by=officer)
    assert leaks(app, proposal) == [f"/proposals/{proposal.id}"] * 3


def test_officers_who_keep_away_do_not_read_the_notes(app, officer):
    proposal = make.proposal()
    services.write(proposal.id, CANARY, by=make.actor(Role.OFFICER))
    assigning.declare(proposal.id, "My brother sells such lamps.", by=officer)
    mine = Browser(app).sign_in(make.account(officer))
    assert CANARY not in mine.open(f"/review/{proposal.id}").html
    assert mine.open(f"/review/{proposal.id}/notes").status == 403
    assert desk.refusal(lambda: services.write(proposal.id, "More.", by=officer)) == "interest"


def test_a_prepared_finding_and_why_it_was_sent_back_are_read_by_officers_only(app):
    row = desk.prepared(Decision.NOT_FEASIBLE, together=True, explanation=CANARY, note=CANARY)
    officer = Browser(app).sign_in(make.person(roles=(Role.OFFICER,)))
    assert CANARY in officer.open(f"/review/prepared/{row.id}").text
    publishing.send_back(row.id, CANARY, by=make.actor(Role.OFFICER))
    reviews.review(row.proposal_id, said.finding(explanation=CANARY), by=make.actor(Role.OFFICER))
    assert leaks(app, row.proposal) == []


def test_notes_are_never_edited(app, officer):
    services.write(make.proposal().id, CANARY, by=officer)
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE internal_note SET text = 'x'"))


def test_a_note_sent_twice_is_kept_once_and_an_empty_one_is_refused_at_its_field(app, officer):
    proposal = make.proposal()
    page = Browser(app).sign_in(make.account(officer)).open(f"/review/{proposal.id}/notes")
    assert page.press("Keep the note", text="").all("p", id="text-error")
    twice = [page.press("Keep the note", text=CANARY) for _ in range(2)][1]
    assert twice.text.count(CANARY) == 1

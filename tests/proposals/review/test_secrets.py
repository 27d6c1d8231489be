"""What is for officers only is read by nobody else: internal notes, and findings before they are public."""

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.db import db
from app.proposals.discussion import services as discussion
from app.proposals.discussion.services import WriteComment
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
    people = {"visitor": Browser(app), "author": Browser(app).sign_in(proposal.author)}
    people |= {role.value: Browser(app).sign_in(make.person(roles=(role,))) for role in (Role.CLERK, Role.OBSERVER)}
    here = f"/proposals/{proposal.id}"
    paths = [here, f"{here}/revisions", f"/proposals/?cycle_id={proposal.cycle_id}&q=Zugvogel", "/proposals/mine"]
    paths += [f"/cycles/{proposal.cycle_id}", "/review/publish", "/review/reviewers", f"/review/{proposal.id}/notes"]
    found = [f"{who} {path}" for who, browser in people.items() for path in paths if CANARY in browser.open(path).html]
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
    found = leaks(app, proposal)
    assert "visitor " + f"/proposals/{proposal.id}" in found and len(found) > 3
    talked = make.proposal()
    discussion.write(talked.id, WriteComment(text=CANARY), by=make.resident(talked.cycle.neighborhood))
    assert leaks(app, talked)


def test_officers_who_keep_away_do_not_read_the_notes(app, officer):
    proposal = make.proposal()
    services.write(proposal.id, CANARY, by=make.actor(Role.OFFICER))
    assigning.declare(proposal.id, "My brother sells such lamps.", by=officer)
    mine = Browser(app).sign_in(make.account(officer))
    assert CANARY not in mine.open(f"/review/{proposal.id}").html
    assert mine.open(f"/review/{proposal.id}/notes").status == 403
    assert desk.refusal(lambda: services.write(proposal.id, "More.", by=officer)) == "interest"


@pytest.mark.parametrize("decision", [Decision.FEASIBLE, Decision.NOT_FEASIBLE])
def test_a_prepared_finding_is_read_by_officers_only(app, decision):
    row = desk.prepared(decision, together=True, explanation=CANARY, note=CANARY)
    assert leaks(app, row.proposal) == []
    officer = Browser(app).sign_in(make.person(roles=(Role.OFFICER,)))
    assert CANARY in officer.open(f"/review/prepared/{row.id}").text
    assert "Waiting for review" in Browser(app).open(f"/proposals/{row.proposal_id}").text


def test_why_a_finding_was_sent_back_is_not_public_either(app):
    row = desk.prepared()
    publishing.send_back(row.id, CANARY, by=make.actor(Role.OFFICER))
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

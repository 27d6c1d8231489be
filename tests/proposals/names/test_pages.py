"""The proposer is asked, everybody reads marks, the office decides, and a reading leaves its trace."""

import pytest

from app.accounts.models import Person
from app.core.access import Role
from app.core.db import db
from app.proposals import services as verbs
from tests import make
from tests.browser import Browser
from tests.proposals import said
from tests.proposals.names.telling import NAME, REASON, TELLS, sent, waiting


def signed_in(app, *roles, person=None):
    return Browser(app).sign_in(person or make.person(roles=roles))


def test_a_proposer_is_asked_before_a_draft_is_sent_and_says_that_it_may_stand(app):
    cycle = make.cycle()
    by = make.resident(cycle.neighborhood)
    draft = verbs.draft(cycle.id, said.words(cycle, summary=TELLS, gains="About 200 neighbors."), by=by)
    me = signed_in(app, person=db.session.get_one(Person, by.id))
    assert "Is this about somebody else?" in me.open(f"/proposals/{draft.id}").text
    page = me.open(f"/proposals/{draft.id}/write").press("Send it in")
    assert page.one("h1") == "Is this about somebody else?" and draft.number is None
    page = page.press("They may stand: send it in", note="He has agreed, ask him.")
    assert "[being checked 1]" in page.text and "waits for a look" in page.text
    assert NAME not in Browser(app).open(f"/proposals/{draft.id}").html
    assert [row.note for row in waiting(draft)] == ["He has agreed, ask him."]


def test_an_edit_that_names_somebody_leads_to_the_question(app):
    proposal, by = sent("Put six warm lamps there.")
    me = signed_in(app, person=db.session.get_one(Person, by.id))
    page = me.open(f"/proposals/{proposal.id}/edit").press("Save", summary=TELLS)
    assert page.one("h1") == "Is this about somebody else?" and NAME in page.text
    assert "[being checked 1]" in me.open(f"/proposals/{proposal.id}/edit").one("textarea", id="summary")


def test_an_officer_removes_with_a_reason_and_an_overseer_reads_it_on_record(app):
    proposal, _by = sent()
    office = signed_in(app, Role.OFFICER)
    page = office.open(f"/proposals/{proposal.id}").follow("Look at them")
    assert NAME in page.text
    again = page.press("Decide", ending="removed", reason="")
    assert "Everybody will read the reason" in again.one("p", id="reason-error")
    again.press("Decide", ending="removed", reason=REASON)
    shown = Browser(app).open(f"/proposals/{proposal.id}")
    assert "[name removed]" in shown.text and REASON in shown.text and NAME not in shown.html
    watch = signed_in(app, Role.OVERSEER)
    page = watch.open("/office/names/removed")
    assert NAME not in page.html
    page = page.follow(f"Read the words {proposal.title}").press("Read them", purpose="Somebody has complained.")
    assert NAME in page.text and "on record" in page.text
    assert "Somebody has complained." in watch.open("/office/names/removed").text


def test_an_officer_removes_words_on_the_page(app):
    proposal, _by = sent("The man they call Quintanilla falls here.")
    page = signed_in(app, Role.OFFICER).open(f"/proposals/{proposal.id}").follow("Remove words about somebody")
    wrong = page.press("Remove the words", words="Nobody", kind="name", reason=REASON)
    assert "does not say this" in wrong.one("p", id="words-error")
    shown = wrong.press("Remove the words", words="Quintanilla", kind="name", reason=REASON)
    assert "they call [name removed] falls" in shown.text


@pytest.mark.parametrize("role", [None, *Role])
def test_each_page_is_open_to_those_it_is_for(app, role):
    proposal, _by = sent()
    row = waiting(proposal)[0]
    somebody = signed_in(app, *((role,) if role else ()))
    paths = (f"/office/names/{row.id}", f"/office/names/of/{proposal.id}", "/office/names/removed")
    office, watch = role in (Role.OFFICER, Role.CLERK), role in (Role.OBSERVER, Role.OVERSEER)
    wanted = [200 if may else 403 for may in (office, office, watch)]
    assert [somebody.open(path).status for path in paths] == wanted
    assert somebody.open(f"/proposals/{proposal.id}/names").status == 403

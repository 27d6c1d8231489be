"""Asking and answering on the pages."""

from app.accounts.models import Person
from app.core.db import db
from tests import make
from tests.browser import Browser
from tests.proposals.splitting.test_splitting import PARTS, neighbor_of, whole

TYPED = {f"parts-{n}-{name}": getattr(part, name) for n, part in enumerate(PARTS) for name in ("title", "summary")}


def signed_in(app, actor):
    return Browser(app).sign_in(db.session.get_one(Person, actor.id))


def test_a_neighbor_asks_and_the_author_agrees_by_mail_and_page(app, mailbox):
    proposal = whole()
    asker = neighbor_of(proposal)
    page = signed_in(app, asker).open(f"/proposals/{proposal.id}").follow("Ask its author to split it")
    wrong = page.press("Ask its author", **TYPED | {"parts-1-summary": "short"}, message="They are two things.")
    assert "at least 20 characters" in wrong.text and PARTS[0].summary in wrong.text
    asked = wrong.press("Ask its author", **TYPED, message="They are two things.")
    assert "has not answered yet" in asked.text
    assert mailbox.newest().to == [proposal.author.email] and "two things" in mailbox.newest().body
    page = Browser(app).sign_in(proposal.author).open(mailbox.link())
    assert PARTS[1].summary in page.text
    shown = page.press("Send the answer", answer="yes")
    assert PARTS[0].title in shown.text and "so do its supports" in shown.text
    assert "Split from:" in Browser(app).open("/proposals/").follow(PARTS[0].title).text


def test_a_request_is_for_two_and_a_proposal_that_cannot_be_split_says_so(app):
    proposal = whole()
    asker = neighbor_of(proposal)
    asked = signed_in(app, asker).open(f"/proposals/{proposal.id}/split").press(
        "Ask its author", **TYPED, message="They are two things."
    )
    assert signed_in(app, make.actor()).open(asked.path).status == 403
    assert signed_in(app, make.actor()).open(f"/proposals/{proposal.id}/split").status == 403
    assert "cannot be split now" in signed_in(app, asker).open(f"/proposals/{proposal.id}/split").text
    assert "Ask its author" in asked.press("Take the request back").text

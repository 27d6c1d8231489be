"""Of a withdrawn proposal everybody reads that it was, when and by whom; nothing it said is public any more."""

import pytest
import sqlalchemy as sa

from app.accounts.queries import actor_of
from app.core.access import Role
from app.core.db import db, transaction
from app.proposals import policies, queries, services
from app.proposals.attachments.models import Attachment
from app.proposals.clashes import services as clashes
from app.proposals.clashes.services import FlagClash
from app.proposals.discussion.models import Comment
from app.proposals.merging.models import MergeRequest
from app.proposals.revisions import queries as revisions
from app.proposals.rules import Stage, code
from app.proposals.search.models import ProposalWords
from app.proposals.services import withdraw
from app.proposals.supports.models import Support
from app.proposals.withdrawals.models import Withdrawal
from tests import make
from tests.browser import Browser
from tests.proposals import said
from tests.proposals.attachments.hung import address, hang
from tests.proposals.discussion import talk

CANARY = "xyzzyheron"
REASON = "The herons need the dark."


def told():
    """A proposal that says one rare word wherever something can be said, beside one that clashes with it."""
    cycle = make.cycle()
    by = make.person(resident_of=cycle.neighborhood, public_name=f"Author {CANARY}")
    first = {name: f"{CANARY} and so on, in our lane" for name in ("title", "summary", "need", "place")}
    made = services.submit(cycle.id, said.words(cycle, **first), by=actor_of(by))
    again = said.words(cycle, **first | {"need": f"{CANARY} once more"})
    services.edit(made.id, again, by=actor_of(by), changed=CANARY)
    shown, comment = hang(made), talk.comment(made, text=f"{CANARY} is what I think.")
    talk.answer(comment, text=f"{CANARY} is what I answer.")
    with transaction():
        db.session.get_one(Attachment, shown.id).words = f"{CANARY} by night"
    other = make.proposal(within=cycle)
    command = FlagClash(other_code=code(2026, made.number), reason="Only one of them has room on the lane.")
    clashes.flag(other.id, command, key="k", by=make.actor(Role.OFFICER))
    return made, other, comment.id, address(shown)


def public_addresses(made, other, comment_id, picture):
    slug, cycle_id = made.cycle.neighborhood.slug, made.cycle_id
    return [
        f"/proposals/{made.id}",
        f"/proposals/{made.id}/revisions",
        f"/proposals/{other.id}",
        f"/proposals/?cycle_id={cycle_id}",
        f"/proposals/?cycle_id={cycle_id}&stage=withdrawn",
        f"/proposals/in/{slug}/kinds/{made.category_id}",
        f"/proposals/in/{slug}/areas/{made.area_id}",
        f"/comments/{comment_id}",
        picture,
        "/",
        f"/cycles/{cycle_id}",
    ]


def traces(app, made, other, comment_id, picture, who=None):
    """The public addresses that say the rare word or still show the picture, and whether a search finds it."""
    browser = Browser(app).sign_in(who) if who else Browser(app)
    found = []
    for where in public_addresses(made, other, comment_id, picture):
        answer = browser.client.get(where, follow_redirects=True)
        if CANARY in answer.text if "text" in answer.content_type else answer.status_code == 200:
            found.append(where)
    if queries.cards(search=CANARY, stage=made.stage).total or db.session.get(ProposalWords, made.id):
        found.append("search")
    return found


def test_nothing_it_said_is_public_any_more(app):
    everything = told()
    made = everything[0]
    assert len(traces(app, *everything)) == 10  # all but the page of another stage and two that name no proposal
    withdraw(made.id, by=actor_of(made.author), reason=REASON)
    for who in (None, make.person(resident_of=made.cycle.neighborhood), make.person(roles=(Role.OFFICER,))):
        assert traces(app, *everything, who=who) == []


BROKEN = {
    "the words": lambda patch: patch.setattr(queries, "_unsaid", dict),
    "the titles": lambda patch: patch.setattr("app.proposals.words.shown_title", lambda title, stage: title),
    "the pictures": lambda patch: patch.setattr(policies, "may_read_withdrawn", lambda *_, **__: True),
    "the texts": lambda patch: patch.setattr(queries.ProposalDetail, "is_gone", False),
    "the search": lambda patch: patch.setattr("app.proposals.search.services.keep_words_of", lambda ids: 0),
}


@pytest.mark.parametrize("what", BROKEN)
def test_the_check_notices(app, monkeypatch, what):
    everything = told()
    made = everything[0]
    if what == "the search":
        monkeypatch.setitem(app.extensions, "event_wiring", {})
    else:
        BROKEN[what](monkeypatch)
    withdraw(made.id, by=actor_of(made.author))
    assert traces(app, *everything) != []


def test_everybody_reads_that_it_was_withdrawn_when_by_whom_and_why(app, browser):
    proposal = make.proposal(author=make.person(public_name="Ada"))
    mine = Browser(app).sign_in(proposal.author).open(f"/proposals/{proposal.id}").follow("Withdraw")
    assert "Your proposal is withdrawn" in mine.press("Withdraw it", reason=REASON).text
    page = browser.open(f"/proposals/{proposal.id}")
    assert "was withdrawn" in page.one("h1") and "Its author took it back on" in page.text and REASON in page.text
    assert "Ada" not in page.html and proposal.title not in page.html
    assert [m.get("content") for m in page.all("meta", name="robots")] == ["noindex"]


def test_a_reason_is_nobody_s_duty(app):
    proposal, draft = make.proposal(), make.proposal(stage=Stage.DRAFT)
    for each in (proposal, draft):
        withdraw(each.id, by=actor_of(each.author), reason=" ")
    kept = db.session.scalars(sa.select(Withdrawal)).all()
    assert [(row.proposal_id, row.reason) for row in kept] == [(proposal.id, None)]


READERS = {None: False, Role.OBSERVER: True, Role.OVERSEER: True, Role.OFFICER: False, Role.CLERK: False}


@pytest.mark.parametrize(("role", "reads"), READERS.items())
def test_only_oversight_and_its_author_still_read_it(app, role, reads):
    made = make.proposal(title="Lamps by the willows")
    picture = address(hang(made))
    withdraw(made.id, by=actor_of(made.author))
    who = Browser(app).sign_in(make.person(roles=(role,) if role else ()))
    page = who.open(f"/proposals/{made.id}/kept")
    assert (page.status, made.title in page.text) == ((200, True) if reads else (403, False))
    assert who.client.get(picture).status_code == (200 if reads else 404)
    assert ("Read what it said" in who.open(f"/proposals/{made.id}").text) is reads
    author = Browser(app).sign_in(made.author)
    assert made.title in author.open(f"/proposals/{made.id}/kept").text
    assert author.client.get(picture).headers["Cache-Control"] == "private, no-store"


def test_there_is_nothing_kept_apart_of_what_stands(app):
    proposal = make.proposal()
    assert Browser(app).sign_in(proposal.author).open(f"/proposals/{proposal.id}/kept").status == 404


def test_its_author_finds_it_by_its_title_among_their_own(app):
    made = make.proposal(stage=Stage.WITHDRAWN)
    assert [card.title for card in queries.mine(made.author_id).items] == [made.title]


def test_what_joined_it_before_names_it_by_its_number_only(app, browser):
    cycle = make.cycle()
    into = make.proposal(within=cycle, title="Lamps by the willows")
    joined = make.proposal(within=cycle, stage=Stage.MERGED, merged_into_id=into.id)
    with transaction():
        asked = {"asked_at": joined.created_at, "ended_at": joined.created_at, "ended_by_id": into.author_id}
        db.session.add(MergeRequest(proposal_id=joined.id, into_id=into.id, message="m", ending="agreed", **asked))
    withdraw(into.id, by=actor_of(into.author))
    page = browser.open(f"/proposals/{joined.id}")
    assert code(2026, into.number) in page.text and into.title not in page.html


def test_whoever_supported_it_reads_that_nothing_was_moved(app):
    proposal, ada = make.proposal(stage=Stage.WITHDRAWN), make.person()
    with transaction():
        db.session.add(Support(proposal_id=proposal.id, person_id=ada.id, supported_at=proposal.created_at))
    assert "given to no other proposal" in Browser(app).sign_in(ada).open(f"/proposals/{proposal.id}").text


def test_all_of_it_is_kept(app):
    made, _other, comment_id, _picture = told()
    withdraw(made.id, by=actor_of(made.author))
    assert CANARY in queries.detail(made.id, None, kept=True).summary
    assert len(revisions.all_of(made.id)) == 2 and db.session.get(Comment, comment_id).text.startswith(CANARY)

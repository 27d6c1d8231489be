"""The pages of a discussion, as their readers see them."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts.models import Person
from app.accounts.queries import actor_of
from app.core.access import Role
from app.core.db import db
from app.core.limits import count_try
from app.cycles.rules import Stage as CycleStage
from app.proposals import services as verbs
from app.proposals.discussion.moderation import services as moderation
from app.proposals.discussion.moderation.rules import Concern
from app.proposals.discussion.moderation.services import ReportComment
from app.proposals.rules import Stage
from tests import make
from tests.browser import Browser
from tests.proposals.discussion import talk


@pytest.fixture
def proposal(app):
    return make.proposal()


@pytest.fixture
def ada(app, proposal):
    return Browser(app).sign_in(make.person(resident_of=proposal.cycle.neighborhood, public_name="Ada Writes"))


def test_a_resident_writes_a_comment_and_changes_it(ada, proposal):
    page = ada.open(f"/proposals/{proposal.id}").follow("Write a comment")
    page = page.press("Publish my comment", stance="against", text="The old lamps\nare fine: https://example.org/a.")
    assert [a.get("href") for a in page.all("a", rel="nofollow ugc noopener noreferrer")] == ["https://example.org/a"]
    page = ada.open(f"{page.path.partition('?')[0]}/edit").press("Save", text="They are too bright.")
    assert "They are too bright." in page.text and "changed" in page.text and "Against" in page.text
    assert "1 comment. Against: 1." in ada.open(f"/proposals/{proposal.id}").text


def test_the_proposer_answers_and_is_marked(app, ada, proposal):
    said = talk.comment(proposal)
    author = Browser(app).sign_in(proposal.author)
    author.open(f"/comments/{said.id}").follow("Answer").press("Publish my answer", text="Six are enough.")
    page = ada.open(f"/proposals/{proposal.id}")
    assert "Six are enough." in page.text and page.text.count("Proposed this") == 1


def test_the_same_form_sent_twice_is_one_comment(ada, proposal):
    page = ada.open(f"/proposals/{proposal.id}/comments/write")
    for _ in range(2):
        page.press("Publish my comment", stance="for", text=talk.TEXT)
    assert "1 comment." in ada.open(f"/proposals/{proposal.id}").text


@pytest.mark.parametrize(
    ("answers", "field"),
    [({"text": "x" * 2001, "stance": "for"}, "text"), ({"text": "Good."}, "stance"), ({"stance": "for"}, "text")],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(ada, proposal, answers, field):
    page = ada.open(f"/proposals/{proposal.id}/comments/write").press("Publish my comment", **answers)
    assert page.all("p", id=f"{field}-error") and answers.get("text", "") == page.one("textarea", id="text")


def test_words_are_kept_when_the_discussion_closes_meanwhile(ada, proposal):
    page = ada.open(f"/proposals/{proposal.id}/comments/write")
    verbs.withdraw(proposal.id, by=actor_of(proposal.author))
    page = page.press("Publish my comment", stance="for", text=talk.TEXT)
    assert page.all("p", id="text-error") and page.one("textarea", id="text") == talk.TEXT


def test_markup_stays_text_and_other_scripts_their_direction(ada, proposal):
    talk.comment(proposal, text="<script>alert(1)</script> שלום 🙂 \u202eevil")
    page = ada.open(f"/proposals/{proposal.id}")
    assert "&lt;script&gt;alert(1)" in page.html and "שלום 🙂" in page.text and page.all("p", dir="auto")


def test_a_closed_discussion_says_why_and_offers_nothing(app):
    proposal = make.proposal(within=make.cycle(stage=CycleStage.VOTING), stage=Stage.ON_BALLOT)
    talk.rows(proposal, proposal.author_id, 1)
    page = Browser(app).sign_in(proposal.author).open(f"/proposals/{proposal.id}")
    assert talk.TEXT in page.text and "ended when the ballot was fixed" in page.text
    assert "Write a comment" not in page.text and "Answer" not in page.text
    closed = page.browser.open(f"/proposals/{proposal.id}/comments/write")
    assert "The discussion is closed" in closed.text and not closed.all("textarea")


def test_a_draft_has_no_discussion(app):
    draft = make.proposal(stage=Stage.DRAFT)
    page = Browser(app).sign_in(draft.author).open(f"/proposals/{draft.id}")
    assert "Discussion" not in page.text and "Supports" not in page.text


def test_a_comment_is_reported_judged_and_hidden_in_the_open(app, ada, proposal):
    said = talk.comment(proposal, text="His number is 555-0100.")
    page = ada.open(f"/comments/{said.id}/report").press("Send the report", concern="private", note="A phone number.")
    assert "will look at it" in page.text
    clerk = Browser(app).sign_in(make.person(roles=(Role.CLERK,), public_name="Clara Clerk"))
    page = clerk.open("/office/comments/").follow("His number is 555-0100.")
    assert "A phone number." in page.text and "Ada Writes" not in page.text
    assert page.press("Hide the comment", reason="no").all("p", id="reason-error")
    page.press("Hide the comment", reason=talk.REASON)
    assert "1 comment. 1 of them is hidden." in clerk.open(f"/proposals/{proposal.id}").text
    for browser in (ada, clerk):
        seen = browser.open(f"/proposals/{proposal.id}")
        assert "555-0100" not in seen.html and "Hidden by Clara Clerk" in seen.text and talk.REASON in seen.text


def hidden(proposal):
    said = talk.comment(proposal, text="His number is 555-0100.")
    moderation.report(said.id, ReportComment(concern=Concern.PRIVATE), by=make.actor())
    moderation.hide(said.id, talk.REASON, by=make.actor(Role.CLERK))
    return said.id


ADDRESSES = ["/proposals/{p}", "/comments/{c}", "/comments/{c}/answer", "/comments/{c}/report", "/office/comments/{c}",
             "/office/comments/hidden"]  # fmt: skip


def who_reads(app, proposal, comment_id, roles):
    """Those of the roles that find the hidden words on any of the pages."""
    found = set()
    for role in roles:
        browser = Browser(app).sign_in(make.person(roles=(role,) if role else ()))
        pages = [browser.open(each.format(p=proposal.id, c=comment_id)) for each in ADDRESSES]
        if any("555-0100" in page.html for page in pages):
            found.add(role)
    return found


def test_hidden_words_are_on_no_page_but_for_those_who_watch(app, proposal):
    assert who_reads(app, proposal, hidden(proposal), [None, *Role]) == {Role.OBSERVER, Role.OVERSEER}


def test_the_check_notices_hidden_words_on_a_page(app, proposal, monkeypatch):
    monkeypatch.setattr("app.proposals.discussion.policies.may_oversee", lambda *_: True)
    assert who_reads(app, proposal, hidden(proposal), [None]) == {None}


@pytest.mark.parametrize(
    ("address", "roles"),
    [("/office/comments/", {Role.OFFICER, Role.CLERK}), ("/office/comments/hidden", {Role.OBSERVER, Role.OVERSEER})],
)
def test_a_page_of_the_office_is_for_those_whose_work_it_is(app, address, roles):
    def opens(role):
        return Browser(app).sign_in(make.person(roles=(role,) if role else ())).open(address).status == 200

    assert {role for role in (None, *Role) if opens(role)} == roles


def test_sixty_comments_a_day_are_enough(ada, app, proposal):
    page = ada.open(f"/proposals/{proposal.id}/comments/write")
    person_id = db.session.scalar(sa.select(Person.id).where(Person.public_name == "Ada Writes"))
    for _ in range(60):
        count_try("comment", str(person_id), limit=60, window=timedelta(days=1))
    assert page.press("Publish my comment", stance="for", text=talk.TEXT).status == 429


def test_leaving_it_empties_the_queue(app, proposal):
    said = talk.comment(proposal)
    moderation.report(said.id, ReportComment(concern=Concern.FALSE), by=make.actor())
    officer = Browser(app).sign_in(make.person(roles=(Role.OFFICER,)))
    page = officer.open(f"/office/comments/{said.id}").press("Leave it")
    assert "Nothing waits here" in page.text and talk.TEXT in officer.open(f"/comments/{said.id}").text


def test_one_s_own_comment_in_the_queue_is_for_somebody_else(app, proposal):
    person = make.person(roles=(Role.OFFICER,))
    said = talk.comment(proposal, actor_of(person))
    moderation.report(said.id, ReportComment(concern=Concern.FALSE), by=make.actor())
    officer = Browser(app).sign_in(person)
    assert "somebody else decides" in officer.open("/office/comments/").text
    assert officer.open(f"/office/comments/{said.id}").status == 403

"""The pages of updates: written by a member, published by a co-chair, nothing typed is lost."""

import pytest

from app.core.access import Role
from app.core.db import db
from app.taskforces.projects.rules import ProjectStage
from app.taskforces.seats.rules import SeatKind
from app.taskforces.updates import queries
from app.taskforces.updates import services as updates
from app.taskforces.updates.drafts import services as drafts
from app.taskforces.updates.drafts.models import UpdateDraft
from app.taskforces.updates.drafts.services import SaveDraft
from app.taskforces.updates.services import PublishUpdate
from tests import make
from tests.browser import Browser

WORDS = {"what_changed": "The poles are up.", "why": "The crane came at last.", "what_next": "Lamps come next."}


@pytest.fixture
def room(app):
    """A project in delivery, a member of its task force, and a co-chair."""
    body = make.task_force()
    return make.project(body=body), make.seated(body, SeatKind.MEMBER), make.co_chair(body)


def draft_of(room, **more):
    return drafts.begin(room[0].id, SaveDraft(**WORDS | more), by=room[1]).id


def signed_in(app, actor):
    return Browser(app).sign_in(make.account(actor))


def test_a_member_s_update_goes_to_a_co_chair_who_publishes_it(app, room):
    project, member, chair = room
    page = signed_in(app, member).open(f"/projects/{project.id}").follow("Write an update")
    page = page.press("Save the draft", **WORDS)
    assert "Only the task force can read it." in page.text
    waits = page.press("Hand it to the co-chairs")
    assert "It waits for a co-chair now." in waits.text and "rule 5" in waits.text
    read = signed_in(app, chair).open(f"/projects/{project.id}").follow("The poles are up.").follow("Publish it")
    told = read.press("Publish it")
    assert "Your update is public." in told.text and "Written by a member of the task force." in told.text
    assert member.name not in Browser(app).open(f"/projects/{project.id}").text


def test_a_co_chair_saves_a_draft_instead_of_publishing_at_once(app, room):
    project, _member, chair = room
    page = signed_in(app, chair).open(f"/projects/{project.id}/updates/write")
    saved = page.press("Save as a draft", **WORDS | {"why": ""})
    assert "Not written yet." in saved.text and db.session.query(UpdateDraft).count() == 1
    assert "The poles are up." not in Browser(app).open(f"/projects/{project.id}").text


def test_what_somebody_else_saved_meanwhile_is_shown_and_nothing_typed_is_lost(app, room):
    project, member, _chair = room
    id_ = draft_of(room)
    page = signed_in(app, member).open(f"/projects/{project.id}/updates/drafts/{id_}/change")
    drafts.change(id_, SaveDraft(**WORDS | {"why": "A crane was lent to us."}, edition=1), by=member)
    late = page.press("Save", **WORDS | {"why": "My own reason."})
    assert "was changed since you opened it" in late.text and "A crane was lent to us." in late.text
    assert late.one("textarea", name="why") == "My own reason."
    assert "The draft is saved." in late.press("Save").text


def test_what_was_read_is_what_is_published(app, room):
    project, member, chair = room
    id_ = draft_of(room)
    drafts.hand_in(id_, by=member)
    page = signed_in(app, chair).open(f"/projects/{project.id}/updates/drafts/{id_}/publish")
    drafts.change(id_, SaveDraft(**WORDS | {"why": "Quite another reason."}, edition=1), by=chair)
    refused = page.press("Publish it")
    assert refused.status == 409 and "read it once more" in refused.text


def test_it_is_sent_back_with_a_reason_that_its_writer_reads(app, room):
    project, member, chair = room
    id_ = draft_of(room)
    drafts.hand_in(id_, by=member)
    where = f"/projects/{project.id}/updates/drafts/{id_}"
    page = signed_in(app, chair).open(where).follow("Send it back").press("Send it back", note="Please say when.")
    assert "It is back with its writer." in page.text
    mine = signed_in(app, member).open(where)
    assert "Please say when." in mine.text
    gone = mine.follow("Throw it away").press("Throw it away")
    assert "The draft is thrown away." in gone.text and signed_in(app, member).open(where).status == 404


PAGES = ("", "/change", "/send-back", "/publish", "/throw-away", "/pictures/add")


def test_drafts_are_closed_to_everybody_outside_the_task_force(app, room):
    id_, other = draft_of(room), make.project(body=room[0].task_force).id
    where = [f"/projects/{room[0].id}/updates/drafts/{id_}{page}" for page in PAGES]
    visitor = Browser(app)
    assert all("/sign-in" in visitor.open(each).path for each in where)
    for somebody in (make.actor(), make.actor(Role.CLERK), make.co_chair(make.task_force())):
        browser = signed_in(app, somebody)
        assert {browser.open(each).status for each in where} == {404}
    assert signed_in(app, room[1]).open(f"/projects/{other}/updates/drafts/{id_}").status == 404


def test_a_writer_opens_only_the_pages_of_their_own_steps(app, room):
    where, browser = f"/projects/{room[0].id}/updates/drafts/{draft_of(room)}", signed_in(app, room[1])
    found = [browser.open(where + page).status for page in ("/change", "/send-back", "/publish")]
    assert found == [200, 403, 403]


def test_nobody_writes_for_a_project_that_stopped(app, room):
    stopped = make.project(body=room[0].task_force, stage=ProjectStage.CANCELLED)
    page = signed_in(app, room[1]).open(f"/projects/{stopped.id}/updates/write")
    assert page.status == 409 and "Write an update" not in signed_in(app, room[1]).open(f"/projects/{stopped.id}").text


def test_a_long_row_of_updates_is_paged(app, room, statements):
    project, _member, chair = room
    for number in range(12):
        words = PublishUpdate(**WORDS | {"what_changed": f"News number {number}."})
        updates.publish_update(project.id, words, by=chair)
    shown = Browser(app).open(f"/projects/{project.id}")
    assert "News number 7." in shown.text and "News number 6." not in shown.text
    statements.clear()
    first = queries.page_of_project(project.id, number=1)
    assert (len(first.items), first.total, len(statements)) == (10, 12, 4)
    assert "News number 0." in shown.follow("See all updates").follow("Next").text

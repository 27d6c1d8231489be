"""Pictures of updates: with words, with consent, seen by whom they are for, gone when they are gone."""

from dataclasses import replace
from io import BytesIO

import pytest
import sqlalchemy as sa

from app.core import files
from app.core.access import Role
from app.core.db import db, transaction
from app.core.errors import DomainError, NotFound
from app.proposals.attachments.words import NO_PICTURE
from app.taskforces.seats.rules import SeatKind
from app.taskforces.updates import queries as updates
from app.taskforces.updates.drafts import services as drafts
from app.taskforces.updates.drafts.models import UpdateDraft
from app.taskforces.updates.drafts.services import SaveDraft
from app.taskforces.updates.pictures import queries, rules, services
from app.taskforces.updates.pictures.models import UpdatePicture
from app.taskforces.updates.pictures.rules import People
from app.taskforces.updates.pictures.services import AddPicture
from tests import make, sent
from tests.browser import Browser

TOLD = {"what_changed": "The poles are up.", "why": "The crane came at last.", "what_next": "Lamps come next."}
WORDS = "Two of the six lamps, lit at dusk."
REASON = "Somebody in it no longer agrees."


@pytest.fixture
def room(app):
    """A project in delivery, a member of its task force, a co-chair, and the member's draft."""
    body = make.task_force()
    project, member, chair = make.project(body=body), make.seated(body, SeatKind.MEMBER), make.co_chair(body)
    return project, member, chair, drafts.begin(project.id, SaveDraft(**TOLD), by=member).id


def hang(draft_id, by, *, content=None, **more):
    answers = {"words": WORDS, "people": People.NOBODY} | more
    command = AddPicture(file=BytesIO(sent.photo() if content is None else content), **answers)
    return services.add(draft_id, command, key=f"form {next(make.numbers)}", by=by)


def publish(room):
    _project, member, chair, draft_id = room
    drafts.hand_in(draft_id, by=member)
    drafts.publish(draft_id, edition=db.session.get(UpdateDraft, draft_id).edition, by=chair)


def address(room, picture_id, part="picture.jpg"):
    return f"/projects/{room[0].id}/updates/pictures/{picture_id}/{part}"


def kept(digest):
    try:
        return bool(files.load(digest))
    except files.MissingFile:
        return False


def test_a_picture_is_added_by_its_form_and_everybody_sees_it_once_it_is_public(app, room, browser):
    project, member, _chair, draft_id = room
    browser.sign_in(make.account(member))
    page = browser.open(f"/projects/{project.id}/updates/drafts/{draft_id}").follow("Add a picture")
    missing = page.press("Add it", words=WORDS, file=(BytesIO(sent.photo()), "x.jpg"))
    assert "Please choose one." in missing.text and missing.all("input", id="words", value=WORDS)
    page = page.press("Add it", words=WORDS, people="nobody", file=(BytesIO(sent.photo()), "x.jpg"))
    assert "The picture is added." in page.text and page.all("img", alt=WORDS)
    publish(room)
    visitor = Browser(app)
    image = visitor.open(f"/projects/{project.id}").all("img", alt=WORDS)[0]
    assert visitor.client.get(image.get("src")).content_type == "image/jpeg"


def test_the_picture_of_a_draft_is_for_the_task_force_alone(app, room):
    picture_id = hang(room[3], room[1])
    answer = Browser(app).sign_in(make.account(room[2])).client.get(address(room, picture_id))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
    assert Browser(app).open(address(room, picture_id)).status == 404
    assert Browser(app).sign_in(make.person()).open(address(room, picture_id)).status == 404


def test_the_check_notices_when_a_draft_s_picture_is_served_to_all(room, browser, monkeypatch):
    picture_id = hang(room[3], room[1])
    real = queries.one
    monkeypatch.setattr(queries, "one", lambda *a: replace(real(*a), update_id=1))
    assert browser.client.get(address(room, picture_id)).status_code == 200


def test_hostile_files_are_refused_at_their_field(room):
    for name, (build, fault) in sent.HOSTILE_PICTURES.items():
        with pytest.raises(DomainError) as refused:
            hang(room[3], room[1], content=build())
        assert (refused.value.field, refused.value.message) == ("file", str(NO_PICTURE[fault])), name
    assert queries.of_draft(room[3]) == []


def test_a_fifth_picture_is_refused_at_its_field(room):
    for _ in range(rules.MOST_PICTURES):
        hang(room[3], room[1])
    with pytest.raises(DomainError) as refused:
        hang(room[3], room[1])
    assert (refused.value.code, refused.value.field) == ("too_many", "file")


def test_a_picture_makes_another_edition_so_that_nobody_signs_it_unseen(room):
    project, member, chair, draft_id = room
    drafts.hand_in(draft_id, by=member)
    hang(draft_id, chair)
    with pytest.raises(DomainError) as refused:
        drafts.publish(draft_id, edition=1, by=chair)
    assert refused.value.code == "changed" and updates.of_project(project.id) == []


def test_files_go_with_the_picture_and_with_the_draft(room):
    first, second = (hang(room[3], room[1]) for _ in range(2))
    digests = [db.session.get(UpdatePicture, id_).digest for id_ in (first, second)]
    services.remove(first, by=room[1])
    assert [kept(digest) for digest in digests] == [False, True]
    drafts.throw_away(room[3], by=room[1])
    assert not kept(digests[1]) and files.drafts(services.ROOM) == []


def test_a_public_picture_is_taken_down_and_the_reason_stands_in_its_place(room, browser):
    picture_id = hang(room[3], room[1])
    publish(room)
    digest = db.session.get(UpdatePicture, picture_id).digest
    browser.sign_in(make.account(room[2]))
    page = browser.open(f"/projects/{room[0].id}").follow(f"Take it down: {WORDS}")
    page = page.press("Take it down", reason=REASON)
    assert REASON in page.text and WORDS not in page.text and not kept(digest)
    assert browser.open(address(room, picture_id)).status == 404


def test_only_a_co_chair_takes_a_public_picture_down(room):
    picture_id = hang(room[3], room[1])
    with pytest.raises(NotFound):
        services.take_down(picture_id, REASON, by=room[2])
    publish(room)
    for somebody in (room[1], make.actor(Role.CLERK)):
        with pytest.raises(DomainError) as refused:
            services.take_down(picture_id, REASON, by=somebody)
        assert refused.value.status == 403


def test_a_file_whose_row_never_came_is_cleared_and_the_others_stay(room):
    picture_id = hang(room[3], room[1])
    digest = db.session.get(UpdatePicture, picture_id).digest
    with pytest.raises(ZeroDivisionError), files.draft(f"{services.ROOM}/{room[3]}-ab-full", b"left over") as left:
        files.doubt(f"{services.ROOM}/{room[3]}-cd-full", left)
        raise ZeroDivisionError
    services.clear_left()
    assert kept(digest) and not kept(left) and files.drafts(services.ROOM) == []


IMPOSSIBLE = {
    "has_words": "UPDATE update_picture SET words = ''",
    "four_pictures": "UPDATE update_picture SET place = 5",
    "file_until_taken_down": "UPDATE update_picture SET digest = NULL",
}


def test_the_database_refuses_what_must_never_be(room):
    hang(room[3], room[1])
    for name, statement in IMPOSSIBLE.items():
        with pytest.raises(sa.exc.IntegrityError, match=name), transaction():
            db.session.execute(sa.text(statement))

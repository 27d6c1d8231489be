"""Stories of finished milestones: told once by a co-chair, quoted only with consent, taken down with a reason."""

import pytest
import sqlalchemy as sa

from app.core.access import Role
from app.core.clock import today
from app.core.db import db, transaction
from app.core.errors import DomainError, NotFound
from app.taskforces.projects.models import Project
from app.taskforces.seats.rules import SeatKind
from app.taskforces.updates.drafts import services as drafts
from app.taskforces.updates.drafts.services import SaveDraft
from app.taskforces.updates.pictures import services as pictures
from app.taskforces.updates.stories import queries, services
from app.taskforces.updates.stories.services import TellStory
from tests import make
from tests.browser import Browser
from tests.taskforces.updates.test_pictures import hang
from tests.taskforces.updates.test_pictures import publish as publish_pictures

TOLD = {"title": "Light on the lane", "before": "It was too dark to walk.", "after": "Six lamps burn.", "who": "All."}
NEWS = {"what_changed": "The lamps burn.", "why": "The cable came.", "what_next": "Nothing more to do."}
QUOTE = {"quote": "I walk home without fear.", "quoted": "A neighbor"}
REASON = "Somebody quoted no longer agrees."


@pytest.fixture
def done(app):
    """A project with one milestone, which is done, and a co-chair."""
    body = make.task_force()
    project = make.project(body=body)
    finish(project)
    return project, make.co_chair(body)


def finish(project):
    with transaction():
        milestone = db.session.get(Project, project.id).milestones[0]
        milestone.actual_on, milestone.evidence = today(), "Everybody can see them from the bus stop."


def tell(done, *, by=None, **more):
    project, chair = done
    return services.tell(project.id, project.milestones[0].id, TellStory(**TOLD | more), by=by or chair)


def refusal(act):
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value


def test_a_story_is_told_from_the_page_of_the_project_and_everybody_reads_it(app, done):
    project, chair = done
    page = Browser(app).sign_in(make.account(chair)).open(f"/projects/{project.id}")
    form = page.follow("Tell the story of “Lamps lit”")
    assert "Everybody can see them" in form.one("textarea", name="after")
    kept = form.press("Tell it", **TOLD | QUOTE)
    assert "without their consent" in kept.text and kept.one("textarea", name="quote") == QUOTE["quote"]
    told = kept.press("Tell it", quote_agreed="y")
    assert "The story is told." in told.text and QUOTE["quote"] in told.text
    read = Browser(app).open(f"/projects/{project.id}").follow("Light on the lane")
    assert "It was too dark to walk." in read.text and "Take it down" not in read.text
    assert "Light on the lane" in Browser(app).open("/stories/").text


def test_an_open_milestone_has_no_story_and_a_finished_one_has_one(app, done):
    body = make.task_force()
    early = make.project(body=body), make.co_chair(body)
    assert refusal(lambda: tell(early)).code == "not_done" and queries.untold(early[0].id) == []
    tell(done)
    assert refusal(lambda: tell(done)).code == "is_told" and queries.untold(done[0].id) == []


OUTSIDERS = {
    "a resident": lambda body: make.resident(body.neighborhood),
    "a clerk": lambda body: make.actor(Role.CLERK),
    "a member": lambda body: make.seated(body, SeatKind.MEMBER),
    "another task force's": lambda body: make.co_chair(make.task_force(where=body.neighborhood)),
}


def closed(app, done, somebody, story_id):
    project = done[0]
    assert refusal(lambda: tell(done, by=somebody)).status == 403
    assert refusal(lambda: services.take_down(story_id, REASON, by=somebody)).status == 403
    browser = Browser(app).sign_in(make.account(somebody))
    for path in (f"/stories/tell/{project.id}/{project.milestones[0].id}", f"/stories/{story_id}/take-down"):
        assert browser.open(path).status == 403


def test_only_a_co_chair_tells_and_takes_down(app, done):
    story_id = tell(done).id
    for outsider in OUTSIDERS.values():
        closed(app, done, outsider(done[0].task_force), story_id)


def test_the_check_notices_when_anybody_may_lead(app, done, monkeypatch):
    story_id = tell(done).id
    monkeypatch.setattr("app.taskforces.projects.policies.may_lead", lambda *_: True)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        closed(app, done, make.actor(), story_id)


def test_nobody_is_quoted_without_a_name_or_without_consent(done):
    for more, field in (({"quote": "Fine."}, "quoted"), ({"quoted": "Me"}, "quote"), (QUOTE, "quote_agreed")):
        assert refusal(lambda more=more: tell(done, **more)).field == field


def test_only_public_pictures_of_the_project_are_shown_and_one_taken_down_is_gone(done):
    body, (project, chair) = done[0].task_force, done
    member = make.seated(body, SeatKind.MEMBER)
    draft = drafts.begin(project.id, SaveDraft(**NEWS), by=member).id
    picture_id = hang(draft, member)
    assert refusal(lambda: tell(done, after_picture_id=picture_id)).code == "foreign_picture"
    publish_pictures((project, member, chair, draft))
    other = make.project(body=body)
    finish(other)
    assert refusal(lambda: tell((other, chair), after_picture_id=picture_id)).code == "foreign_picture"
    story = queries.story(tell(done, after_picture_id=picture_id).id)
    assert queries.pictures_of(story)[1].id == picture_id
    pictures.take_down(picture_id, REASON, by=chair)
    assert queries.pictures_of(story) == (None, None)


def test_what_is_taken_down_leaves_its_reason_and_may_be_told_anew(done, browser):
    story_id = tell(done, **QUOTE, quote_agreed=True).id
    services.take_down(story_id, REASON, by=done[1])
    page = browser.open(f"/stories/{story_id}")
    assert REASON in page.text and QUOTE["quote"] not in page.text and TOLD["before"] not in page.text
    assert queries.stories(page=1).total == 0 and REASON in browser.open(f"/projects/{done[0].id}").text
    with pytest.raises(NotFound):
        services.take_down(story_id, REASON, by=done[1])
    assert tell(done).id != story_id


def test_a_milestone_of_another_project_is_not_told_here(done):
    other = make.project(body=done[0].task_force)
    with pytest.raises(NotFound):
        services.tell(other.id, done[0].milestones[0].id, TellStory(**TOLD), by=done[1])


IMPOSSIBLE = {
    "quoted_with_consent": "UPDATE milestone_story SET quote_agreed = (1 = 0)",
    "quote_of_somebody": "UPDATE milestone_story SET quoted = NULL",
    "taken_down_without_its_words": "UPDATE milestone_story SET taken_down_reason = 'x', taken_down_at = published_at",
}


def test_the_database_refuses_what_must_never_be(done):
    tell(done, **QUOTE, quote_agreed=True)
    for name, statement in IMPOSSIBLE.items():
        with pytest.raises(sa.exc.IntegrityError, match=name), transaction():
            db.session.execute(sa.text(statement))

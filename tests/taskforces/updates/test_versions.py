"""Updates in the other languages of the neighborhood: said by who sits there, and never missed in silence."""

import pytest
import sqlalchemy as sa

from app.core.access import Role
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.taskforces.seats.rules import SeatKind
from app.taskforces.updates import services as updates
from app.taskforces.updates.models import Update
from app.taskforces.updates.versions import services
from app.taskforces.updates.versions.models import UpdateVersion
from app.taskforces.updates.versions.services import TranslateUpdate
from tests import make
from tests.browser import Browser

WORDS = {"what_changed": "The poles are up.", "why": "The crane came at last.", "what_next": "Lamps come next."}
SAID = {"what_changed": "Los postes están.", "why": "Vino la grúa.", "what_next": "Siguen las lámparas."}


@pytest.fixture
def told(app):
    """A public update of a bilingual neighborhood, its project, a member and a co-chair."""
    body = make.task_force(where=make.neighborhood(languages=["en", "es"]))
    project, member, chair = make.project(body=body), make.seated(body, SeatKind.MEMBER), make.co_chair(body)
    update = updates.publish_update(project.id, updates.PublishUpdate(**WORDS), by=chair)
    return update.id, project.id, member, chair


def translate(told, *, by=None, language="es", **more):
    return services.translate(told[0], TranslateUpdate(language=language, **SAID | more), by=by or told[2])


def refusal(act):
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value


def in_spanish(app, project_id):
    browser = Browser(app)
    with browser.client.session_transaction() as session:
        session["language"] = "es"
    return browser.open(f"/projects/{project_id}").html


def test_a_reader_sees_their_own_language_or_which_one_it_was_written_in(app, told):
    untold = in_spanish(app, told[1])
    assert WORDS["why"] in untold and 'lang="en"' in untold and SAID["why"] not in untold
    translate(told)
    shown = in_spanish(app, told[1])
    assert shown.index(SAID["why"]) < shown.index(WORDS["why"]) and '<div lang="es">' in shown


def test_a_member_translates_it_from_the_page_and_says_it_better_later(app, told):
    page = Browser(app).sign_in(make.account(told[2])).open(f"/projects/{told[1]}")
    form = page.follow("Translate it into Spanish: The poles are up.")
    short = form.press("Publish the translation", **SAID | {"why": ""})
    assert short.one("textarea", name="what_changed") == SAID["what_changed"]
    done = short.press("Publish the translation", **SAID)
    assert "The translation is public." in done.text
    better = done.follow("Say it better in Spanish: The poles are up.")
    assert better.one("textarea", name="why") == SAID["why"]
    better.press("Publish the translation", why="Por fin vino la grúa.")
    assert [row.number for row in db.session.query(UpdateVersion)] == [1, 2]


def test_what_somebody_else_said_meanwhile_is_not_run_over(told):
    translate(told)
    late = refusal(lambda: translate(told, by=told[3]))
    assert (late.code, late.field) == ("changed", "what_changed")
    assert translate(told, by=told[3], number=1).number == 2


def test_only_who_sits_there_translates_and_only_into_a_language_of_the_place(told, app):
    watches = make.seated(db.session.get(services.Project, told[1]).task_force, SeatKind.OBSERVER)
    for somebody in (make.actor(Role.CLERK), make.actor(), watches):
        assert refusal(lambda somebody=somebody: translate(told, by=somebody)).status == 403
        browser = Browser(app).sign_in(make.account(somebody))
        assert browser.open(f"/projects/{told[1]}/updates/{told[0]}/in/es").status == 403
    for language in ("en", "fr", ""):
        assert refusal(lambda language=language: translate(told, language=language)).status == 404


def test_the_check_notices_when_everybody_sits(told, monkeypatch):
    outsider = make.actor(Role.CLERK)
    monkeypatch.setattr(services, "sitting", lambda *_: frozenset({outsider.id}))
    assert translate(told, by=outsider).number == 1


def test_what_is_public_is_never_edited_nor_deleted(told):
    translate(told)
    for table in (UpdateVersion, Update):
        for change in (sa.update(table).values(why="Nothing."), sa.delete(table)):
            with pytest.raises(sa.exc.DatabaseError, match="append-only"), transaction():
                db.session.execute(change)

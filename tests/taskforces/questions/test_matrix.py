"""Page × person: who opens which page of a question, of one's own task force and of another."""

from datetime import date

import pytest

from app.accounts.models import Person, RoleGrant
from app.accounts.queries import actor_of
from app.core.access import Role
from app.core.db import db, transaction
from app.taskforces.questions import policies
from app.taskforces.questions.handling import services as handling
from app.taskforces.questions.models import QuestionContact
from app.taskforces.questions.rules import Channel, Stage
from app.taskforces.seats.rules import SeatKind
from tests import make
from tests.browser import Browser
from tests.sizes import size
from tests.taskforces.questions import asked

HANDLERS = {"community", "institution", "clerk", "officer"}
READ = size(commit=("/accept",), night=("/accept", "/decline", "/merge", "/redact"))
PAGES = {
    **{path: (Stage.RECEIVED, HANDLERS) for path in READ},
    **{path: (Stage.ACCEPTED, HANDLERS) for path in size(commit=(), night=("/assign",))},
    "/answer": (Stage.ASSIGNED, HANDLERS | {"owner"}),
    "/rate": (Stage.ANSWERED, {"asker"}),
}


SHORT = HANDLERS | {"owner", "member", "asker", "overseer", "clerk elsewhere"}


def working(role, where):
    """Somebody with a role for one neighborhood."""
    person = make.person()
    with transaction():
        facts = {"role": role, "neighborhood_id": where.id, "starts_on": date(2020, 1, 1)}
        db.session.add(RoleGrant(person_id=person.id, **facts))
    return actor_of(person)


def everybody(scene):
    """All who may come along, by what they are; the fewest of them that differ while a commit is tried."""
    where, other = scene.body.neighborhood, asked.scene()
    people = {"community": scene.community, "institution": scene.institution, "co-chair elsewhere": other.community}
    people |= {"owner": make.seated(scene.body, SeatKind.MEMBER), "member": make.seated(scene.body, SeatKind.MEMBER)}
    people |= {role.value: working(role, where) for role in Role}
    people |= {"clerk elsewhere": working(Role.CLERK, other.body.neighborhood)}
    people |= {"seat of an observer": make.seated(scene.body, SeatKind.OBSERVER), "asker": make.resident(where)}
    return {name: actor for name, actor in people.items() if name in size(commit=SHORT, night=people)}


@pytest.mark.soak
def test_each_page_opens_for_those_who_may_do_what_it_does(app):
    scene = asked.scene()
    people = everybody(scene)
    numbers = {stage: asked.at_stage(scene, stage, by=people["asker"]) for stage, _who in PAGES.values()}
    handling.assign(numbers[Stage.ASSIGNED], people["owner"].id, by=scene.clerk)
    opened = {path: set() for path in PAGES}
    for name, actor in people.items():
        browser = Browser(app).sign_in(db.session.get_one(Person, actor.id))
        for path, (stage, _who) in PAGES.items():
            status = browser.open(f"/questions/Q-{numbers[stage]}{path}").status
            assert status in (200, 403), (name, path, status)
            opened[path] |= {name} if status == 200 else set()
    assert opened == {path: who for path, (_stage, who) in PAGES.items()}


def test_the_matrix_sees_when_everybody_counts_as_a_handler(app, monkeypatch):
    """The twin: with the one guard gone, somebody opens what is not theirs."""
    scene = asked.scene()
    path = f"/questions/Q-{asked.ask(scene)}/accept"
    stranger = Browser(app).sign_in(make.person())
    assert stranger.open(path).status == 403
    monkeypatch.setattr(policies, "handles", lambda *_: True)
    assert stranger.open(path).status == 200


def test_a_visitor_is_sent_to_the_sign_in_by_every_page_that_does_something(app):
    scene, visitor = asked.scene(), Browser(app)
    number = asked.at_stage(scene, Stage.ASSIGNED)
    for path in (*PAGES, "/passed-on"):
        answer = visitor.client.open(f"/questions/Q-{number}{path}", method="GET" if path in PAGES else "POST")
        assert answer.status_code in (302, 400), path
    for path in ("/questions/waiting", "/questions/asked"):
        assert visitor.client.get(path).status_code == 302


def test_how_to_reach_somebody_is_seen_at_the_desk_only(app):
    scene = asked.scene()
    people = everybody(scene)
    number = asked.at_stage(scene, Stage.DECLINED)
    row = asked.row(number)
    with transaction():
        db.session.add(QuestionContact(question_id=row.id, otherwise="555 0199", passed_on=0))
        row.channel, row.typed_by_id = Channel.DESK, people["officer"].id
    seen = set()
    for name in ("clerk", "officer", "community", "member"):
        actor = people[name]
        page = Browser(app).sign_in(make.account(actor)).open(f"/questions/Q-{number}")
        seen |= {name} if "555 0199" in page.text else set()
    assert seen == {"clerk"}

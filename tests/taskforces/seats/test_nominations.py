"""A co-chair names somebody for a seat of their side; a clerk offers it or says why not; addresses are for clerks."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.admin.week import queries as weeks
from app.admin.week.queries import week
from app.admin.week.rules import DueKind
from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.clock import now, today
from app.core.db import db, transaction
from app.taskforces import services as bodies
from app.taskforces.events import TaskForceDissolved
from app.taskforces.seats.nominations import queries, services, views
from app.taskforces.seats.nominations.models import Nomination
from app.taskforces.seats.nominations.rules import MOST_WAITING, Ending, WhyNot, why_not_nominate
from app.taskforces.seats.nominations.services import Nominate
from app.taskforces.seats.offers import services as offers
from app.taskforces.seats.offers.services import OfferSeat
from app.taskforces.seats.rules import SeatKind, Side
from app.taskforces.services import DissolveTaskForce
from tests import make
from tests.browser import Browser
from tests.proposals.review.desk import refusal
from tests.taskforces.signing.test_matrix import clerk as clerk_of

WHY = "She keeps the list of the lamps that are broken."
NOT_NOW = "We have found nobody of this name in the neighborhood."


def a_scene():
    """A task force with both co-chairs, a clerk, and somebody to name with an account."""
    body = make.task_force()
    return SimpleNamespace(
        body=body,
        ada=make.co_chair(body),
        bo=make.co_chair(body, Side.INSTITUTION),
        clerk=make.actor(Role.CLERK),
        eve=make.person(),
        organization=make.organization(body.neighborhood),
    )


@pytest.fixture
def scene(app):
    """The same, for a test."""
    return a_scene()


def a_name(**more):
    return Nominate(**{"kind": SeatKind.MEMBER, "name": "Eve of the bakery", "reason": WHY} | more)


def named(scene, **more):
    """The id of a nomination by the community's co-chair."""
    return services.nominate(scene.body.id, a_name(**{"email": scene.eve.email} | more), by=scene.ada)


def an_offer(scene, **more):
    facts = {"kind": SeatKind.MEMBER, "side": Side.COMMUNITY, "email": scene.eve.email, "starts_on": today()}
    return OfferSeat(**facts | {"organization_id": scene.organization.id} | more)


VERBS = {
    Ending.OFFERED: lambda id_, scene: services.offer(id_, an_offer(scene), by=scene.clerk),
    Ending.REFUSED: lambda id_, scene: services.refuse(id_, NOT_NOW, by=scene.clerk),
    Ending.TAKEN_BACK: lambda id_, scene: services.take_back(id_, by=scene.ada),
}


@pytest.mark.parametrize("ending", list(VERBS))
def test_a_nomination_that_was_answered_is_answered_for_everybody(scene, ending):
    id_ = named(scene)
    VERBS[ending](id_, scene)
    assert {refusal(lambda verb=verb: verb(id_, scene)) for verb in VERBS.values()} == {"answered"}
    assert queries.nomination(id_).ending is ending and queries.address_of(id_) is None


def test_it_becomes_an_offer_like_any_other_and_whoever_named_them_sees_what_came_of_it(app, scene):
    id_ = named(scene)
    assert refusal(lambda: services.offer(id_, an_offer(scene, side=Side.INSTITUTION), by=scene.clerk)) == "other_seat"
    offer_id = services.offer(id_, an_offer(scene), by=scene.clerk)
    hers = Browser(app).sign_in(make.account(scene.ada))
    assert "The seat is offered to them" in hers.open(where(scene)).text
    offers.decline(offer_id, by=make.actor_for(scene.eve))
    assert "They have declined the seat" in hers.open(where(scene)).text


def test_each_side_names_for_itself_and_nobody_answers_their_own(scene):
    id_ = named(scene)
    for act in (services.take_back, lambda id_, by: services.refuse(id_, NOT_NOW, by=by)):
        assert refusal(lambda act=act: act(id_, by=scene.bo)) == "no_standing"
    both = replace(scene.ada, grants=scene.clerk.grants)
    assert refusal(lambda: services.refuse(id_, NOT_NOW, by=both)) == "no_standing"
    assert queries.of_task_force(scene.body.id, Side.INSTITUTION, number=1).total == 0


@pytest.mark.parametrize(
    ("dissolved", "waiting", "reason"),
    [(False, MOST_WAITING - 1, None), (False, MOST_WAITING, WhyNot.TOO_MANY), (True, 0, WhyNot.DISSOLVED)],
)
def test_a_side_names_ten_at_a_time_in_a_task_force_that_is_there(dissolved, waiting, reason):
    assert why_not_nominate(is_dissolved=dissolved, waiting=waiting) is reason


def test_the_clerk_sees_it_in_the_week_and_refuses_it_with_a_reason_that_the_co_chair_reads(app, scene):
    named(scene)
    [due] = [each for _day, rows in week(scene.clerk).days for each in rows if each.kind is DueKind.NOMINATION]
    assert due.what == "Eve of the bakery"
    said = f"Somebody was nominated for a seat: offer it, or say why not: {scene.body.name}, Eve of the bakery"
    clerk = Browser(app).sign_in(make.account(scene.clerk)).open("/office/week").follow(said)
    assert clerk.all("input", name="email", value=scene.eve.email)
    page = clerk.follow("Do not offer it").press("Do not offer it", reason="No.")
    assert "at least 20" in page.text
    page.press("Do not offer it", reason=NOT_NOW)
    assert NOT_NOW in Browser(app).sign_in(make.account(scene.ada)).open(where(scene)).text


def in_the_week(app, scene, who):
    """The nomination in a clerk's week: the links to it, and all that the page says."""
    page = Browser(app).sign_in(make.account(who)).open("/office/week")
    return [a for a in page.all("a") if "nominations" in (a.get("href") or "")], page.text


def test_a_clerk_who_made_it_reads_who_answers_it_and_finds_no_door_that_is_shut(app, scene, monkeypatch):
    scene.ada = clerk_of(make.account(scene.ada), scene.body.neighborhood)
    named(scene)
    links, text = in_the_week(app, scene, scene.ada)
    assert links == [] and f"another clerk answers it. It is for {make.account(scene.clerk).public_name}" in text
    assert len(in_the_week(app, scene, scene.clerk)[0]) == 1
    monkeypatch.setattr(weeks, "may_answer", lambda *_, **__: True)  # the twin
    assert len(in_the_week(app, scene, scene.ada)[0]) == 1


def dissolved(scene):
    """The task force is no more; what the log says of its nominations."""
    bodies.dissolve(scene.body.id, DissolveTaskForce(successor_id=None, reason=WHY), by=scene.clerk)
    kinds = db.session.scalars(sa.select(AuditEntry.kind).order_by(AuditEntry.sequence))
    return [kind for kind in kinds if kind.startswith("Nomination")]


def test_what_waits_ends_with_its_task_force_and_says_why(app, scene):
    mine, own = named(scene), services.nominate(scene.body.id, a_name(), by=scene.bo)
    scene.clerk = clerk_of(make.account(scene.bo), scene.body.neighborhood)
    assert dissolved(scene) == ["NominationClosed"] * 2
    assert [queries.nomination(id_).ending for id_ in (mine, own)] == [Ending.CLOSED] * 2
    assert {refusal(lambda verb=verb: verb(mine, scene)) for verb in VERBS.values()} == {"answered"}
    assert queries.waiting(scene.body.neighborhood_id) == [] and queries.address_of(mine) is None
    page = Browser(app).sign_in(make.account(scene.clerk)).open(where(scene)).text
    assert page.count("The task force was dissolved before the office answered") == 2


def test_the_twin_that_does_not_hear_of_it_lets_it_wait(app, scene, monkeypatch):
    named(scene)
    monkeypatch.setitem(app.extensions["event_wiring"], TaskForceDissolved, [])
    assert dissolved(scene) == [] and len(queries.waiting(scene.body.neighborhood_id)) == 1


def leaks(app, scene):
    """What tells the address: the pages of both co-chairs; and the log, which tells no name either."""
    pages = [Browser(app).sign_in(make.account(chair)).open(where(scene)).text for chair in (scene.ada, scene.bo)]
    log = " ".join(db.session.scalars(sa.select(AuditEntry.body)))
    return [text for text in (*pages, log) if scene.eve.email in text or (text is log and "bakery" in text)]


def test_no_co_chair_and_no_log_reads_an_address(app, scene):
    named(scene)
    named(scene, name="Nobody", email="nobody@example.org")
    assert leaks(app, scene) == []


def test_the_check_notices_a_page_that_tells_it(app, scene, monkeypatch):
    id_ = named(scene)
    monkeypatch.setattr(views.words, "from_whom", lambda row: queries.address_of(id_))
    assert leaks(app, scene) != []


def test_the_address_goes_with_the_answer_whatever_the_code_does(scene):
    id_ = named(scene)
    with pytest.raises(IntegrityError, match="the_address_goes"), transaction():
        row = db.session.get_one(Nomination, id_)
        row.ending, row.ended_at, row.ended_by_id = Ending.TAKEN_BACK, now(), scene.ada.id
        db.session.flush()


def where(scene):
    """The page of its nominations."""
    return f"/task-forces/{scene.body.slug}/nominations/"

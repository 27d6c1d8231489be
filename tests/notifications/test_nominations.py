"""The clerks hear once that somebody was nominated for a seat, and whoever nominated them what came of it."""

import pytest
import sqlalchemy as sa

from app.core.db import db
from app.notifications.models import Message
from app.notifications.nominations import services as mails
from app.taskforces import services as bodies
from app.taskforces.seats.nominations.events import SeatNominated
from app.taskforces.seats.nominations.models import Nomination
from app.taskforces.seats.nominations.rules import Ending
from app.taskforces.seats.offers import services as offers
from app.taskforces.services import DissolveTaskForce
from tests import make
from tests.browser import Browser
from tests.taskforces.seats.test_nominations import NOT_NOW, VERBS, WHY, a_scene, named
from tests.taskforces.signing.test_matrix import clerk as clerk_of


@pytest.fixture
def scene(app):
    return a_scene()


def to(mailbox, who):
    """The mails about nominations that somebody has got so far."""
    mine = [mail for mail in mailbox.all() if mail.to == [make.account(who).email]]
    return [mail for mail in mine if "nominat" in mail.subject]


def test_the_clerks_who_may_answer_hear_once_and_are_not_told_who_it_is(app, scene, mailbox):
    scene.ada = clerk_of(make.account(scene.ada), scene.body.neighborhood)
    elsewhere = clerk_of(make.person(), make.neighborhood())
    id_ = named(scene)
    (mail,) = to(mailbox, scene.clerk)
    assert to(mailbox, scene.ada) == to(mailbox, elsewhere) == [] and len(to(mailbox, scene.clerk)) == 1
    assert "bakery" not in mail.subject + mail.body and scene.eve.email not in mail.body
    assert f"/task-forces/nominations/{id_}/offer" in mail.body
    page = Browser(app).sign_in(make.account(scene.clerk)).open(mailbox.link())
    assert page.status == 200


@pytest.mark.parametrize(
    ("ending", "said"),
    [(Ending.OFFERED, "it offers Eve of the bakery"), (Ending.REFUSED, "does not offer"), (Ending.TAKEN_BACK, None)],
)
def test_whoever_made_it_hears_the_answer_once_and_nothing_of_what_they_did_themselves(scene, mailbox, ending, said):
    VERBS[ending](named(scene), scene)
    found = to(mailbox, scene.ada) and to(mailbox, scene.ada)
    assert [said in mail.body and "/nominations/" in mail.body for mail in found] == ([True] if said else [])
    assert all(NOT_NOW not in mail.body for mail in found) and to(mailbox, scene.bo) == []


def test_a_mail_that_was_overtaken_is_not_sent(scene, mailbox):
    VERBS[Ending.REFUSED](named(scene), scene)
    assert to(mailbox, scene.clerk) == []
    offers.take_back(VERBS[Ending.OFFERED](named(scene), scene), by=scene.clerk)
    assert len(to(mailbox, scene.ada)) == 1  # of the one that was refused


def test_with_the_end_of_its_task_force_whoever_made_it_hears_why_and_needs_no_seat_to_read_on(scene, mailbox):
    named(scene)
    bodies.dissolve(scene.body.id, DissolveTaskForce(successor_id=None, reason=WHY), by=scene.clerk)
    (mail,) = to(mailbox, scene.ada)
    assert (
        "was dissolved before the office answered" in mail.body and mailbox.link() == f"/task-forces/{scene.body.slug}"
    )


def left(app, scene, monkeypatch, *listeners):
    """How many nominations and messages are left where a listener is killed before the commit."""
    monkeypatch.setitem(app.extensions["event_wiring"], SeatNominated, list(listeners))
    with pytest.raises(RuntimeError):
        named(scene)
    return [db.session.scalar(sa.select(sa.func.count()).select_from(each)) for each in (Nomination, Message)]


def killed(_event):
    raise RuntimeError


def test_nothing_is_told_of_what_did_not_happen_nor_happens_untold(app, scene, monkeypatch):
    assert left(app, scene, monkeypatch, mails.tell_nominated, killed) == [0, 0]


def test_the_check_notices_a_mail_that_is_left_twice(app, scene, monkeypatch, mailbox):
    """The twin."""
    monkeypatch.setitem(app.extensions["event_wiring"], SeatNominated, [mails.tell_nominated] * 2)
    named(scene)
    assert len(to(mailbox, scene.clerk)) == 2

"""Everybody chooses their mail, or ends a kind of it by the link in a mail, without signing in and by POST only."""

import pytest
import sqlalchemy as sa

from app.accounts.queries import actor_of
from app.audit.models import AuditEntry
from app.core.db import db, transaction
from app.notifications import services as outbox
from app.notifications.choices import queries, services
from app.notifications.choices.rules import TOPIC_OF, Topic
from app.notifications.rules import MailKind
from tests import make
from tests.browser import Browser
from tests.notifications.test_messages import decided, submitted


def off(who):
    db.session.rollback()
    return queries.stopped(who.id)


def mail_to(mailbox):
    """A mail about one's own proposal, and whose it is."""
    proposal = make.proposal()
    submitted(proposal)
    return mailbox.newest(), proposal.author


def stop_address(mail):
    return mail.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")


def test_each_kind_of_mail_has_its_topic_or_cannot_be_switched_off():
    assert set(TOPIC_OF) == set(MailKind)
    always = {kind for kind, topic in TOPIC_OF.items() if topic is None}
    assert {MailKind.SIGN_IN_CHANGED, MailKind.RESIDENCE_DECIDED} <= always


def test_somebody_switches_a_topic_off_and_on(app):
    ada = make.person()
    browser = Browser(app).sign_in(ada)
    page = browser.open("/account/mail").press("Save my choice", wanted=["own", "followed"])
    assert "Your choice is saved" in page.text and off(ada) == frozenset(Topic) - {Topic.OWN, Topic.FOLLOWED}
    checked = [box.get("value") for box in page.all("input", type="checkbox") if box.get("checked") is not None]
    assert checked == ["own", "followed"]
    page.press("Save my choice", wanted=[topic.value for topic in Topic])
    assert off(ada) == frozenset()


def test_choosing_the_same_again_publishes_nothing(app):
    ada = actor_of(make.person())
    for _ in range(2):
        services.choose({Topic.OWN}, by=ada)
    assert db.session.scalar(sa.select(sa.func.count()).where(AuditEntry.kind == "MailChosen")) == 1


def test_a_mail_program_ends_it_by_one_post_without_signing_in(app, mailbox):
    mail, ada = mail_to(mailbox)
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    answer = app.test_client().post(stop_address(mail), data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200 and answer.location is None
    assert off(ada) == {Topic.OWN}


def test_opening_the_link_changes_nothing_and_its_button_does(app, mailbox, browser):
    mail, ada = mail_to(mailbox)
    assert stop_address(mail) in mail.body
    page = browser.open(stop_address(mail))
    assert off(ada) == frozenset() and ada.public_name not in page.html and ada.email not in page.html
    assert "This mail is switched off" in page.press("Switch this mail off").text
    assert off(ada) == {Topic.OWN} and "Switch this mail off" not in browser.open(stop_address(mail)).text


@pytest.mark.parametrize("token", ["nonsense", "WzEsIm93biJd.Zm9yZ2Vk.c2ln"])
def test_a_forged_link_ends_nothing(app, token):
    make.person()
    client = app.test_client()
    assert [client.get(f"/mail/stop/{token}").status_code, client.post(f"/mail/stop/{token}").status_code] == [404, 404]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(services.MailStop)) == 0


def test_the_check_notices_a_link_that_anybody_can_make(app, monkeypatch):
    ada = make.person()
    monkeypatch.setattr(queries, "read_signed", lambda *_, **__: ([ada.id, "own"], 0.0))
    assert app.test_client().post("/mail/stop/nonsense").status_code == 200
    assert off(ada) == {Topic.OWN}


def test_what_guards_an_account_comes_always_and_has_no_such_link(app, mailbox):
    ada = make.person()
    services.choose(set(), by=actor_of(ada))
    decided(ada, make.neighborhood())
    mail = mailbox.newest()
    assert "List-Unsubscribe" not in mail.extra_headers and "/mail/stop/" not in mail.body


@pytest.mark.parametrize("kind", [kind for kind, topic in TOPIC_OF.items() if topic is not None])
def test_each_kind_is_kept_back_from_who_switched_it_off(app, kind):
    ada = make.person()
    with transaction():
        outbox.leave_all(kind, {ada.id: {}})
    services.choose(set(), by=actor_of(ada))
    message_id = db.session.scalar(sa.select(sa.func.max(outbox.Message.id)))
    assert outbox.letter(message_id) is None

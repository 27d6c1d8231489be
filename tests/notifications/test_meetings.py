"""Those with a seat hear of a meeting with a file for their calendar; so do followers, once each, if they want to."""

from email import message_from_bytes
from email.policy import default

import pytest

from app.accounts.queries import actor_of
from app.core.clock import now
from app.core.db import transaction
from app.notifications.choices import services as choices
from app.notifications.choices.rules import Topic
from app.proposals.follows.models import Follow
from app.taskforces.meetings import services
from app.taskforces.seats.rules import SeatKind
from tests import make
from tests.browser import Browser
from tests.notifications.test_news import follows, heard, joins
from tests.taskforces.meetings import gathering
from tests.taskforces.meetings.test_calendar import read


@pytest.fixture
def ours(app):
    """A task force with both chairs, a member and somebody else who follow the project it builds."""
    body = gathering.body()
    project = make.project(body=body.row)
    member = make.seated(body.row, SeatKind.MEMBER)
    joins(Follow, project.proposal, make.account(member), followed_at=now())
    return body, member, follows(project.proposal)


def events(mail):
    """The events of the file that goes with a mail, as a mail program reads it."""
    (file,) = message_from_bytes(mail.message().as_bytes(), policy=default).iter_attachments()
    assert file.get_content_type() == "text/calendar" and file["Content-Type"].params["method"] == "PUBLISH"
    return read(file.get_content().replace("\r\n", "\n").replace("\n", "\r\n"))


def firsts(mailbox, who):
    return [mail.subject.partition(" ")[0] for mail in heard(mailbox, who)]


def test_everybody_with_a_seat_and_followers_hear_of_every_step_with_one_event_that_rises(ours, mailbox):
    body, member, fan = ours
    meeting = gathering.noticed(body)
    mailbox.all()
    services.change(meeting.id, gathering.wish(place="Town hall"), by=body.ada)
    mailbox.all()
    services.postpone(meeting.id, "The hall is flooded.", by=body.ada)
    mailbox.all()
    services.name_new_date(meeting.id, gathering.when(days=20), by=body.ben)
    mailbox.all()
    services.cancel(meeting.id, "Nobody can come.", by=body.ben)
    steps = ["Meeting", "Changed:", "Postponed:", "New", "Called"]
    for who in (make.account(body.ada), make.account(body.ben), make.account(member), fan):
        assert firsts(mailbox, who) == steps
    told = [events(mail)[0] for mail in heard(mailbox, make.account(member))]
    assert {event["UID"] for event in told} == {f"{meeting.uid}@lamplight"}
    assert [event["SEQUENCE"] for event in told] == ["0", "1", "2", "3", "4"]
    assert [event["STATUS"] == "CANCELLED" for event in told] == [False, False, True, False, True]
    changed, postponed = heard(mailbox, fan)[1:3]
    assert "What has changed: the place." in changed.body and "Place: Town hall" in changed.body
    assert "The hall is flooded." in postponed.body and f"/meetings/{meeting.id}" in postponed.body


def test_the_file_is_the_one_of_the_page_in_the_readers_language(ours, mailbox, app):
    body, _member, fan = ours
    with transaction():
        make.account(body.ben).locale = "es"
    meeting = gathering.noticed(body)
    page = Browser(app).client.get(f"/meetings/{meeting.id}.ics").text
    ((_name, text, _type),) = heard(mailbox, fan)[0].attachments
    ((_name, spanish, _type),) = heard(mailbox, make.account(body.ben))[0].attachments
    assert text == page and "Acceso: " in spanish


def test_a_seat_obliges_and_following_does_not(ours, mailbox):
    body, member, fan = ours
    for who in (member, actor_of(fan)):
        choices.choose(frozenset(Topic) - {Topic.MEETINGS}, by=who)
    gathering.noticed(body)
    (mail,) = heard(mailbox, make.account(member))
    assert "List-Unsubscribe" not in mail.extra_headers and heard(mailbox, fan) == []


def test_nobody_hears_of_what_is_not_announced_or_of_the_agenda_or_after_leaving(ours, mailbox):
    body, member, fan = ours
    with transaction():
        make.account(member).active = False
    meeting = services.draft(body.row.id, gathering.wish(), by=body.ada)
    services.change(meeting.id, gathering.wish(place="Town hall"), by=body.ada)
    assert mailbox.all() == []
    gathering.items.add(meeting.id, gathering.an_item(), by=body.ada)
    services.notice(meeting.id, by=body.ada)
    gathering.items.add(meeting.id, gathering.an_item(), by=body.ada)
    services.change(meeting.id, gathering.wish(place="Town hall"), by=body.ada)
    assert firsts(mailbox, fan) == ["Meeting"] and heard(mailbox, make.account(member)) == []


def test_nobody_reads_that_a_meeting_stays_on_its_day_once_it_has_another(ours, mailbox):
    body, _member, fan = ours
    meeting = gathering.noticed(body)
    mailbox.all()
    services.change(meeting.id, gathering.wish(place="Town hall"), by=body.ada)
    services.postpone(meeting.id, "The hall is flooded.", by=body.ada)
    services.name_new_date(meeting.id, gathering.when(days=20), by=body.ben)
    assert firsts(mailbox, fan) == firsts(mailbox, make.account(body.ben)) == ["Meeting", "New"]


def test_what_is_overtaken_before_it_goes_out_is_not_sent(ours, mailbox):
    body, _member, fan = ours
    meeting = gathering.noticed(body)
    services.cancel(meeting.id, "Nobody can come.", by=body.ada)
    assert firsts(mailbox, fan) == firsts(mailbox, make.account(body.ben)) == ["Called"]

"""Whoever has to act on a draft hears of it: both co-chairs that it waits, its writer that it is back."""

from app.taskforces.seats.rules import SeatKind, Side
from app.taskforces.updates.drafts import services
from app.taskforces.updates.drafts.services import SaveDraft
from tests import make

WORDS = {"what_changed": "The poles are up.", "why": "The crane came at last.", "what_next": "Lamps come next."}


def handed_in(body, by):
    id_ = services.begin(make.project(body=body).id, SaveDraft(**WORDS), by=by).id
    services.hand_in(id_, by=by)
    return id_


def told(mailbox):
    return [(mail.to[0], mail.subject.partition(":")[0]) for mail in mailbox.all()]


def email(actor):
    return make.account(actor).email


def test_both_co_chairs_hear_that_it_waits_and_its_writer_that_it_is_back(app, mailbox):
    body = make.task_force()
    member, chairs = make.seated(body, SeatKind.MEMBER), [make.co_chair(body, side) for side in Side]
    id_ = handed_in(body, member)
    assert sorted(told(mailbox)) == sorted((email(chair), "An update waits for you") for chair in chairs)
    services.send_back(id_, "Please say when.", by=chairs[0])
    assert told(mailbox)[-1] == (email(member), "Your draft is back with you")
    assert "Please say when." in mailbox.newest().body and mailbox.link().endswith(f"/updates/drafts/{id_}")


def test_a_co_chair_who_hands_in_is_not_asked_and_what_was_overtaken_is_not_sent(app, mailbox):
    body = make.task_force()
    ada, bo = (make.co_chair(body, side) for side in Side)
    handed_in(body, ada)
    assert told(mailbox) == [(email(bo), "An update waits for you")]
    services.publish(handed_in(body, ada), edition=1, by=bo)
    assert len(told(mailbox)) == 1

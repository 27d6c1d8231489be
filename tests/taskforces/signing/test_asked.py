"""Whoever is asked to sign hears of it, finds it, and is reminded once before the last day."""

from datetime import date, timedelta

from app.core.clock import today
from app.core.db import db
from app.taskforces.seats.rules import SeatKind
from app.taskforces.signing import queries, rules, services
from app.taskforces.signing.models import AgreementReminder
from tests import make
from tests.taskforces.signing.words import proposed, word


def told(mailbox):
    """Whom the mails so far went to, and what they are about."""
    return [(mail.to[0], mail.subject) for mail in mailbox.all()]


def near(agreement_id):
    """The first day of the reminder."""
    return rules.reminds_from(queries.agreement(agreement_id).due_on)


def test_the_reminder_comes_two_days_before_the_last_one():
    assert rules.reminds_from(date(2026, 12, 1)) == date(2026, 11, 29)


def test_the_other_side_hears_of_it_and_whoever_proposed_it_does_not(table, mailbox):
    body, (ada, bo), _done = table
    waits = proposed(body, ada)
    assert told(mailbox) == [(make.account(bo).email, "Your signature is asked for: Pause the project")]
    assert "(Institution side)" in mailbox.newest().body and mailbox.link() == f"/agreements/{waits}"


def test_both_hear_of_what_a_member_proposes(table, mailbox):
    body, chairs, _done = table
    proposed(body, make.seated(body, SeatKind.MEMBER))
    assert {to for to, _what in told(mailbox)} == {make.account(each).email for each in chairs}


def test_a_mail_that_was_overtaken_is_not_sent(table, mailbox):
    body, (ada, bo), _done = table
    waits = proposed(body, ada)
    services.sign(waits, word(waits), by=bo)
    assert told(mailbox) == []


def test_only_whoever_has_not_signed_is_reminded_and_only_once(table, mailbox):
    body, (ada, bo), _done = table
    waits = proposed(body, ada)
    services.sign(waits, word(waits), by=ada)
    mailbox.all()
    for day in (-1, 0, 0, 1, 2):
        services.remind(body.neighborhood_id, near(waits) + timedelta(days=day))
    reminded = [mail for mail in told(mailbox) if mail[1].startswith("Sign until")]
    assert [to for to, _what in reminded] == [make.account(bo).email]
    assert db.session.query(AgreementReminder).count() == 1


def test_nobody_is_reminded_of_what_is_settled_or_too_late(table, mailbox):
    body, (ada, _bo), _done = table
    waits, late = proposed(body, ada), proposed(body, ada, sum=6)
    day = near(waits)
    services.withdraw(waits, by=ada)
    services.remind(body.neighborhood_id, day)
    services.remind(body.neighborhood_id, queries.agreement(late).due_on + timedelta(days=1))
    assert db.session.query(AgreementReminder).count() == 1


def test_what_waits_is_found_by_whom_it_waits_for_and_by_nobody_else(table):
    body, (ada, bo), _done = table
    waits, on = proposed(body, ada), today()
    services.sign(waits, word(waits), by=ada)
    assert [each.agreement.id for each in queries.waiting(bo.id, on)] == [waits]
    others = [ada, make.co_chair(make.task_force()), make.seated(body, SeatKind.MEMBER)]
    assert [queries.waiting(each.id, on) for each in others] == [[], [], []]
    assert queries.waiting(bo.id, queries.agreement(waits).due_on + timedelta(days=1)) == []


def test_the_list_of_a_task_force_has_pages_and_asks_little(table, monkeypatch, statements):
    body, (ada, _bo), _done = table
    ids = [proposed(body, ada, sum=n) for n in range(3)]
    services.withdraw(ids[2], by=ada)
    monkeypatch.setattr(queries, "PAGE_SIZE", 2)
    body_id = body.id
    statements.clear()
    first = queries.page_of_task_force(body_id)
    assert len(statements) == 3 and [each.id for each in first.items] == [ids[1], ids[0]]
    assert [each.id for each in queries.page_of_task_force(body_id, number=2).items] == [ids[2]]


def test_pages_of_project_and_task_force_lead_to_what_waits(table, browser):
    body, (ada, _bo), _done = table
    project = make.project(body=body)
    assert "Nothing has been put before both sides yet" in browser.open(f"/agreements/projects/{project.id}").text
    proposed(body, ada, about=project)
    for page in (f"/projects/{project.id}", f"/task-forces/{body.slug}"):
        shown = browser.open(page)
        assert "Signature missing: Community side, Institution side" in shown.text
        listed = shown.follow("1 agreement, with its signatures")
        assert "Exactly this is signed" in listed.follow("Pause the project").text


def test_whoever_proposed_it_is_asked_on_the_same_page(table, browser):
    body, (ada, _bo), _done = table
    waits = proposed(body, ada)
    page = browser.sign_in(make.account(ada)).open(f"/agreements/{waits}")
    assert page.one("h2", id="sign") == "Sign here: Community side"
    assert "That is not your signature yet" in page.text

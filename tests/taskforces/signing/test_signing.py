"""Both sides sign exactly the same thing, once each, in time: then it happens, in the same moment, and only then."""

import json
import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.accounts.models import Person
from app.audit.models import AuditEntry
from app.core.db import db
from app.core.errors import DomainError, NoStanding
from app.taskforces.interests import services as interests
from app.taskforces.interests.rules import Effect
from app.taskforces.interests.services import DeclareInterest
from app.taskforces.seats.rules import SeatKind, Side
from app.taskforces.signing import policies, queries, rules, services
from app.taskforces.signing.models import Agreement
from app.taskforces.signing.rules import Ending, MatterKind, Place, Signature, Verdict, WhyNot
from app.taskforces.signing.services import Matter
from tests import make
from tests.taskforces.signing.words import WORD, proposed, word

PLACES = rules.places_of([7])
COMMUNITY, INSTITUTION = PLACES


def asked(**more):
    facts = {"payload_hash": "h", "due_on": date(2026, 12, 1), "ending": None, "places": PLACES}
    return rules.Asked(**facts | more)


def signed(place, person_id=1, verdict=Verdict.APPROVE):
    return Signature(place=place, person_id=person_id, verdict=verdict)


@pytest.mark.parametrize(
    ("agreement", "place", "change", "reason"),
    [
        (asked(), COMMUNITY, {}, None),
        (asked(ending=Ending.REJECTED), COMMUNITY, {}, WhyNot.ENDED),
        (asked(due_on=date(2026, 11, 30)), COMMUNITY, {}, WhyNot.OVERDUE),
        (asked(), None, {}, WhyNot.NO_SEAT),
        (asked(), Place(task_force_id=8, side=Side.COMMUNITY), {}, WhyNot.NO_SEAT),
        (asked(signed=(signed(COMMUNITY, 2),)), COMMUNITY, {}, WhyNot.SIGNED_ALREADY),
        (asked(signed=(signed(COMMUNITY, 1),)), INSTITUTION, {}, WhyNot.OTHER_SIDE),
        (asked(), COMMUNITY, {"seen": "other"}, WhyNot.CHANGED),
        (asked(), COMMUNITY, {"now_is": "other"}, WhyNot.CHANGED),
        (asked(), COMMUNITY, {"is_fresh": False}, WhyNot.NOT_FRESH),
        (asked(), COMMUNITY, {"is_fresh": False, "has_second_factor": False}, WhyNot.NO_SECOND_FACTOR),
    ],
)
def test_a_side_signs_only_what_it_has_read_in_time_and_once(agreement, place, change, reason):
    given = {"seen": "h", "now_is": "h", "today": date(2026, 12, 1), "is_fresh": True} | change
    assert rules.why_not_sign(agreement, 1, place, **given) is reason


@pytest.mark.parametrize(
    ("words", "ending"),
    [
        ([Verdict.APPROVE], None),
        ([Verdict.APPROVE, Verdict.APPROVE], Ending.EXECUTED),
        ([Verdict.REJECT], Ending.REJECTED),
        ([Verdict.APPROVE, Verdict.REJECT], Ending.REJECTED),
        ([Verdict.APPROVE, Verdict.ABSTAIN], None),
    ],
)
def test_it_ends_with_the_word_of_both_sides_or_the_no_of_one(words, ending):
    given = tuple(signed(place, n, verdict) for n, (place, verdict) in enumerate(zip(PLACES, words, strict=False)))
    assert rules.ending_after(asked(signed=given)) is ending


def test_it_happens_with_the_second_signature_and_not_with_the_first(table):
    body, (ada, bo), done = table
    waits = proposed(body, ada)
    assert services.sign(waits, word(waits), by=ada) is None and done == []
    assert services.sign(waits, word(waits), by=bo) is Ending.EXECUTED
    assert done == [(MatterKind.PAUSE, 5)]


def test_an_act_that_fails_leaves_the_last_signature_unsigned(app, table, monkeypatch):
    body, (ada, bo), _done = table
    waits = proposed(body, ada)
    services.sign(waits, word(waits), by=ada)
    failing = Matter(payload=lambda _s, a: {"sum": a["sum"]}, told=lambda _p, _c: [], run=lambda _a: sys.exit(9))
    monkeypatch.setitem(app.extensions, "matters", {MatterKind.PAUSE: failing})
    with pytest.raises(SystemExit):
        services.sign(waits, word(waits), by=bo)
    row = queries.agreement(waits)
    assert row.ending is None and [each.side for each in row.signed] == [Side.COMMUNITY]


def test_a_no_ends_it_and_says_why_to_everybody(table, browser):
    body, (ada, bo), done = table
    waits = proposed(body, ada)
    with pytest.raises(DomainError, match="Say why"):
        services.sign(waits, word(waits, Verdict.REJECT, "No"), by=bo)
    assert services.sign(waits, word(waits, Verdict.REJECT, WORD), by=bo) is Ending.REJECTED
    page = browser.open(f"/agreements/{waits}").text
    assert done == [] and WORD in page and "It did not happen." in page


def test_what_cannot_be_done_any_more_is_refused_with_its_reason(app, table, monkeypatch):
    body, (ada, _bo), _done = table
    waits = proposed(body, ada)

    def gone(_subject, _answers):
        raise DomainError("over", "That is more than the project was given.")

    monkeypatch.setitem(
        app.extensions, "matters", {MatterKind.PAUSE: Matter(payload=gone, told=lambda _p, _c: [], run=print)}
    )
    with pytest.raises(DomainError, match="more than the project was given"):
        services.sign(waits, word(waits), by=ada)


def test_a_page_that_was_overtaken_says_so_at_the_field_and_keeps_the_words(app, table, monkeypatch, browser):
    body, (ada, _bo), _done = table
    page = browser.sign_in(make.account(ada)).open(f"/agreements/{proposed(body, ada)}")

    def gone(_subject, _answers):
        raise DomainError("over", "That is more than the project was given.")

    said = {"a plus": lambda _s, a: {"sum": a["sum"] + 1}, "gone": gone}
    for payload, message in zip(said.values(), ("This has changed since", "more than the project was"), strict=True):
        matter = replace(app.extensions["matters"][MatterKind.PAUSE], payload=payload)
        monkeypatch.setitem(app.extensions, "matters", {MatterKind.PAUSE: matter})
        refused = page.press("Sign", verdict="abstain", statement=WORD)
        assert message in refused.one("p", id="verdict-error") and WORD in refused.one("textarea")


@pytest.mark.parametrize("kind", [SeatKind.MEMBER, SeatKind.OBSERVER, None])
def test_nobody_else_signs(table, kind):
    body, (ada, _bo), _done = table
    waits = proposed(body, ada)
    who = make.fresh(make.seated(body, kind) if kind else make.actor())
    with pytest.raises(DomainError, match="Only who chairs"):
        services.sign(waits, word(waits), by=who)


def test_only_members_and_the_clerk_propose(table):
    body, _chairs, _done = table
    with pytest.raises(NoStanding):
        proposed(body, make.actor())
    assert proposed(body, make.seated(body, SeatKind.MEMBER)) == proposed(body, make.seated(body, SeatKind.MEMBER))


def test_what_nobody_signed_in_time_expires_once_on_the_day_after(table):
    body, (ada, _bo), _done = table
    waits = proposed(body, ada)
    due_on = queries.agreement(waits).due_on
    services.expire(body.neighborhood_id, due_on)
    assert queries.agreement(waits).ending is None
    for _each in range(2):
        services.expire(body.neighborhood_id, due_on + timedelta(days=1))
    assert queries.agreement(waits).ending is Ending.EXPIRED
    query = sa.select(AuditEntry.body).where(AuditEntry.kind == "AgreementEnded")
    told = [json.loads(body)["facts"] for body in db.session.scalars(query)]
    assert [(facts["ending"], facts["rule"]) for facts in told] == [("expired", 5)]


def test_a_co_chair_signs_on_the_page_and_reads_who_is_missing(table, browser):
    body, (ada, bo), done = table
    waits = proposed(body, ada)
    services.sign(waits, word(waits), by=ada)
    page = browser.sign_in(db.session.get_one(Person, bo.id)).open(f"/agreements/{waits}")
    assert "Signature missing" in page.text
    refused = page.press("Sign", verdict="reject", statement="No")
    assert "Say why" in refused.text and done == []
    assert "Signed by both sides" in refused.press("Sign", verdict="approve").text
    assert done and db.session.scalar(sa.select(Agreement.ending)) is Ending.EXECUTED


def test_a_youth_who_proposes_is_shown_without_a_surname(table, browser):
    body, _chairs, _done = table
    young = make.seated(body, SeatKind.YOUTH)
    page = browser.open(f"/agreements/{proposed(body, young)}").text
    assert "Proposed by Noor on" in page and young.name not in page


def test_an_interest_in_whoever_is_paid_recuses(app, table, monkeypatch):
    body, (ada, bo), _done = table
    named = make.organization(body.neighborhood, name="Lamps and Poles").id
    command = DeclareInterest(project_id=None, organization_id=named, text=WORD, effect=Effect.RECUSE)
    interests.declare(make.seat_of(ada).id, command, by=ada)
    paying = replace(app.extensions["matters"][MatterKind.PAUSE], payload=lambda _s, a: dict(a))
    monkeypatch.setitem(app.extensions, "matters", {MatterKind.PAUSE: paying})
    waits, other = (proposed(body, bo, counterparty=name) for name in ("LAMPS and poles", "Somebody else"))
    with pytest.raises(DomainError, match="Only who chairs"):
        services.sign(waits, word(waits), by=ada)
    services.sign(other, word(other), by=ada)
    monkeypatch.setattr(queries, "_payees", lambda _row: ())  # the twin: without it they would sign
    assert services.sign(waits, word(waits), by=ada) is None


def test_withdrawing_asks_once_and_says_what_it_means(table, browser):
    body, (ada, _bo), _done = table
    waits = proposed(body, ada)
    asked = browser.sign_in(make.account(ada)).open(f"/agreements/{waits}").follow("Withdraw it")
    assert "cannot be brought back" in asked.text and queries.agreement(waits).ending is None
    assert "You have withdrawn it" in asked.press("Withdraw it").text
    assert queries.agreement(waits).ending is Ending.WITHDRAWN
    assert browser.open(f"/agreements/{waits}/withdraw").status == 409


def test_nobody_else_is_asked_whether_to_withdraw(table, browser, monkeypatch):
    body, (ada, bo), _done = table
    page = f"/agreements/{proposed(body, ada)}/withdraw"
    assert browser.sign_in(make.account(bo)).open(page).status == 403
    monkeypatch.setattr(policies, "may_withdraw", lambda *_, **__: True)  # the twin
    assert browser.open(page).status == 200

"""Where one side is silent or says no, the council can stand in for it, on record, once and by its day (rule 5)."""

import json
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa
import time_machine

from app.admin.week import queries as week
from app.admin.week.rules import DueKind
from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.clock import now, today
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.places.models import Neighborhood
from app.places.workdays.queries import working_day_after
from app.taskforces.seats.rules import SeatKind
from app.taskforces.signing import queries, rules
from app.taskforces.signing import services as signing
from app.taskforces.signing.escalating import queries as council
from app.taskforces.signing.escalating import services
from app.taskforces.signing.models import Escalation
from app.taskforces.signing.rules import Ending, MatterKind, Outcome, Signature, Verdict, WhyNot
from tests import make, sent
from tests.taskforces.signing.test_matrix import clerk as clerk_of
from tests.taskforces.signing.words import WORD, proposed, word

PLACES = COMMUNITY, INSTITUTION = rules.places_of([7])
LAST = date(2026, 12, 1)
WHY = "Resolution of the council: the lamps cannot wait for another winter."


def said(community=None, institution=None, **more):
    given = ((COMMUNITY, 1, community), (INSTITUTION, 2, institution))
    signed = tuple(Signature(place=p, person_id=n, verdict=verdict) for p, n, verdict in given if verdict)
    return rules.Asked(**{"payload_hash": "h", "due_on": LAST, "ending": None, "places": PLACES} | more, signed=signed)


YES, NO, NEITHER = Verdict.APPROVE, Verdict.REJECT, Verdict.ABSTAIN


@pytest.mark.parametrize(
    ("asked", "change", "reason"),
    [
        (said(YES), {}, None),
        (said(YES, NO, ending=Ending.REJECTED), {"ended_on": LAST}, None),
        (said(YES, ending=Ending.EXPIRED), {"ended_on": LAST, "today": LAST + timedelta(days=28)}, None),
        (said(YES, ending=Ending.EXPIRED), {"ended_on": LAST, "today": LAST + timedelta(days=29)}, WhyNot.TOO_LATE),
        (said(YES), {"today": LAST - timedelta(days=3)}, WhyNot.TOO_EARLY),
        (said(YES, NEITHER), {"today": LAST - timedelta(days=3)}, None),
        (said(), {}, WhyNot.OWN_SIDE_SILENT),
        (said(NO, ending=Ending.REJECTED), {"ended_on": LAST}, WhyNot.OWN_SIDE_SILENT),
        (said(None, YES), {}, WhyNot.OWN_SIDE_SILENT),
        (said(YES), {"place": None}, WhyNot.NO_SEAT),
        (said(YES), {"is_asked": True}, WhyNot.ASKED_ALREADY),
        *((said(YES, YES, ending=e), {}, WhyNot.ENDED) for e in sorted({*Ending} - rules.OPEN_TO_COUNCIL)),
    ],
)
def test_a_side_that_agreed_asks_when_the_other_had_its_time(asked, change, reason):
    given = {"place": COMMUNITY, "is_asked": False, "ended_on": None, "today": LAST} | change
    assert rules.why_not_ask_council(asked, given.pop("place"), **given) is reason


@pytest.mark.parametrize(
    ("asked", "change", "reason"),
    [
        (said(YES), {}, None),
        (said(YES, NO, ending=Ending.REJECTED), {}, None),
        (said(None, NO, ending=Ending.REJECTED), {}, WhyNot.OWN_SIDE_SILENT),
        (said(YES, YES, ending=Ending.EXECUTED), {}, WhyNot.ENDED),
        (said(YES), {"now_is": "other"}, WhyNot.CHANGED),
        (said(YES), {"is_agreed_since": True}, WhyNot.AGREED_SINCE),
    ],
)
def test_the_council_stands_in_for_one_side_of_what_still_can_be_done(asked, change, reason):
    assert rules.why_not_stand_in(asked, **{"now_is": "h", "is_agreed_since": False} | change) is reason


@pytest.fixture
def deadlock(table):
    """One side has agreed, the other is asked for the last time, and the council is asked."""
    body, (ada, bo), done = table
    waits = proposed(body, ada)
    signing.sign(waits, word(waits), by=ada)
    with time_machine.travel(now() + timedelta(days=40)):
        signing.expire(body.neighborhood_id, today())
    services.ask(waits, "They have not answered for two weeks.", by=ada)
    return waits, (ada, bo), done


def decision(outcome=Outcome.STANDS_IN, **more):
    facts = {"decided_by": "City council", "decided_on": today(), "reference": "2026/114", "explanation": WHY}
    return services.RecordDecision(outcome=outcome, file=BytesIO(sent.paper()), **facts | more)


def record(waits, *given, by=None, key="k", **more):
    return services.record(waits, decision(*given, **more), key=key, by=by or make.actor(Role.CLERK))


def code_of(act):
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code


def in_the_week(waits, days):
    """The kinds of what a clerk's week says of an agreement after so many days."""
    with time_machine.travel(now() + timedelta(days=days)):
        found = week.week(make.actor(Role.CLERK))
    return [due.kind for _day, several in found.days for due in several if due.at.get("agreement_id") == waits]


def test_a_clerk_with_a_seat_reads_in_their_week_who_puts_it_on_record(deadlock):
    waits, (ada, _bo), _done = deadlock
    where, other = make.account(ada), make.person(roles=(Role.CLERK,))
    row = queries.agreement(waits)
    both = clerk_of(where, db.session.get_one(Neighborhood, row.neighborhood_id))
    for who, others in ((both, (other.public_name,)), (make.actor_for(other), None)):
        [due] = [each for _day, found in week.week(who).days for each in found if each.kind is DueKind.COUNCIL]
        assert due.others == others


def test_a_clerk_reads_in_their_week_that_the_council_was_asked_until_its_word_is_on_record(deadlock):
    assert in_the_week(deadlock[0], 40) == [DueKind.COUNCIL]
    record(deadlock[0])
    assert in_the_week(deadlock[0], 40) == []


def test_the_councils_word_makes_it_happen_and_is_printed_everywhere(deadlock, browser):
    waits, _chairs, done = deadlock
    clerk = make.actor(Role.CLERK)
    for _twice in range(2):
        record(waits, by=clerk)
    row = queries.agreement(waits)
    assert row.ending is Ending.OVERRIDDEN and done == [(MatterKind.PAUSE, 5)]
    for path in (f"/agreements/{waits}", f"/agreements/task-forces/{row.task_force_slug}"):
        page = browser.open(path).text
        assert "Decided by the council" in page and WHY in page and "2026/114" in page
    assert browser.client.get(f"/agreements/{waits}/council/document").content_type == "application/pdf"


def test_a_council_that_declines_leaves_it_undone(deadlock):
    waits, _chairs, done = deadlock
    record(waits, Outcome.DECLINED)
    assert queries.agreement(waits).ending is Ending.EXPIRED and done == []
    assert code_of(lambda: record(waits, key="again")) == "not_asked"


def test_what_waits_for_the_council_does_not_expire_and_ends_with_its_no(table):
    body, (ada, bo), done = table
    waits = proposed(body, ada)
    signing.sign(waits, word(waits), by=ada)
    signing.sign(waits, word(waits, Verdict.ABSTAIN, WORD), by=bo)
    services.ask(waits, "They abstain and the lamps are dark.", by=ada)
    assert [row.id for row in council.waiting(None)] == [waits]
    assert [row.id for row in council.waiting([body.neighborhood_id])] == [waits] and council.waiting([0]) == []
    signing.expire(body.neighborhood_id, queries.agreement(waits).due_on + timedelta(days=9))
    assert queries.agreement(waits).ending is None and proposed(body, bo) == waits
    record(waits, Outcome.DECLINED)
    assert queries.agreement(waits).ending is Ending.REJECTED and done == [] and council.waiting(None) == []


def test_who_records_it_and_when(deadlock):
    waits, (ada, _bo), _done = deadlock
    clerk = make.actor(Role.CLERK)
    assert code_of(lambda: record(waits, by=ada)) == "no_standing"
    assert code_of(lambda: record(waits, by=replace(clerk, id=ada.id))) == "no_standing"
    assert code_of(lambda: record(waits, by=replace(clerk, second_factor_at=None))) == "not_fresh"
    assert code_of(lambda: record(waits, decided_on=today() + timedelta(days=1))) == "not_that_day"
    assert code_of(lambda: record(waits, decided_on=today() - timedelta(days=1))) == "not_that_day"


def test_the_same_is_not_done_twice_once_proposed_anew(table):
    body, (ada, bo), done = table
    first = proposed(body, ada)
    signing.sign(first, word(first), by=ada)
    signing.sign(first, word(first, Verdict.REJECT, WORD), by=bo)
    second = proposed(body, ada)
    services.ask(first, "They said no without any reason.", by=ada)
    for chair in (ada, bo):
        signing.sign(second, word(second), by=chair)
    assert code_of(lambda: record(first)) == "agreed_since" and len(done) == 1


def test_what_cannot_be_done_any_more_is_not_done_by_the_council(app, deadlock, monkeypatch):
    waits, _chairs, done = deadlock
    changed = replace(app.extensions["matters"][MatterKind.PAUSE], payload=lambda _s, a: {"sum": a["sum"] + 1})
    monkeypatch.setitem(app.extensions, "matters", {MatterKind.PAUSE: changed})
    assert code_of(lambda: record(waits)) == "changed" and done == []
    assert council.of_agreement(waits).outcome is None


def test_both_sides_hear_that_the_council_was_asked_and_what_it_decided(deadlock, mailbox):
    waits, (ada, bo), _done = deadlock
    emails = [make.account(each).email for each in (ada, bo)]
    assert (mailbox.newest().to[0], mailbox.newest().subject) == (
        emails[1],
        "The council is asked to decide: Pause the project",
    )
    record(waits)
    told = [mail for mail in mailbox.all() if mail.subject == "The council has decided: Pause the project"]
    assert sorted(mail.to[0] for mail in told) == sorted(emails)


@pytest.mark.parametrize("column", ["explanation", "document_digest", "recorded_by_id"])
def test_the_database_refuses_half_a_decision(deadlock, column):
    waits, _chairs, _done = deadlock
    record(waits)
    with pytest.raises(sa.exc.IntegrityError), transaction():
        db.session.execute(sa.update(Escalation).where(Escalation.agreement_id == waits).values({column: None}))


def test_a_side_asks_and_a_clerk_records_on_the_pages(table, browser):
    body, (ada, bo), _done = table
    waits = proposed(body, ada)
    for chair, given in ((ada, word(waits)), (bo, word(waits, Verdict.REJECT, WORD))):
        signing.sign(waits, given, by=chair)
    browser.sign_in(make.account(ada))
    page = browser.open(f"/agreements/{waits}").follow("Ask the council to decide")
    assert "at least 20" in page.press("Ask the council", reason="No").text
    assert "has not decided yet" in page.press("Ask the council", reason="They gave no reason that holds.").text
    assert browser.sign_in(make.account(make.seated(body, SeatKind.MEMBER))).open(page.path).status == 404
    browser.sign_in(make.person(roles=(Role.CLERK,)))
    page = browser.open(f"/agreements/{waits}").follow("Record the council's decision")
    told = {"outcome": "stands_in", "decided_by": "City council", "reference": "2026/114", "explanation": WHY}
    page = page.press("Put it on record", **told, decided_on="2020-01-01", file=(BytesIO(sent.paper()), "a.pdf"))
    assert "Please check the day" in page.one("p", id="decided_on-error")
    page = page.press("Put it on record", decided_on=today().isoformat(), file=(BytesIO(sent.paper()), "a.pdf"))
    assert "The council's decision is on record" in page.text and "Read the council's decision" in page.text


@pytest.fixture
def unanswered(table):
    """One side has agreed, the other abstains, and the council is asked while it still waits; and its last day."""
    body, (ada, bo), _done = table
    waits = proposed(body, ada)
    signing.sign(waits, word(waits), by=ada)
    signing.sign(waits, word(waits, Verdict.ABSTAIN, WORD), by=bo)
    services.ask(waits, "They abstain and the lamps are dark.", by=ada)
    return waits, body, queries.agreement(waits).council_due_on


def rung(body, on):
    """What lapses and expires in a neighborhood by a day, twice."""
    for clock in (services.lapse, signing.expire) * 2:
        clock(body.neighborhood_id, on)


def ends(waits):
    """How often the log says that it ended or lapsed, and by which rules."""
    kinds = AuditEntry.kind.in_(["AgreementEnded", "CouncilLapsed"])
    facts = [json.loads(body)["facts"] for body in db.session.scalars(sa.select(AuditEntry.body).where(kinds))]
    return [each["rule"] for each in facts if each["agreement_id"] == waits]


def test_what_the_council_does_not_decide_lapses_after_its_last_day_and_everybody_reads_it(unanswered, browser):
    waits, body, due_on = unanswered
    assert due_on == working_day_after(body.neighborhood_id, today(), rules.COUNCIL_DAYS)
    rung(body, due_on)
    assert queries.agreement(waits).ending is None and ends(waits) == []
    with time_machine.travel(now() + (due_on + timedelta(days=1) - today())):
        assert code_of(lambda: record(waits)) == "overdue"  # whether or not the clock has come round
    rung(body, due_on + timedelta(days=1))
    assert queries.agreement(waits).ending is Ending.EXPIRED and ends(waits) == [5, 5]
    assert code_of(lambda: record(waits)) == "not_asked" and council.waiting(None) == []
    page = browser.open(f"/agreements/{waits}").text
    assert "The council was asked, and no decision of it was on record by" in page and "(Rule 5)" in page
    assert "The council did not decide in time" in browser.open(f"/agreements/task-forces/{body.slug}").text


def test_without_its_day_it_waits_for_good(unanswered, monkeypatch):
    """The twin: nothing else ever ends it."""
    waits, body, due_on = unanswered
    monkeypatch.setattr(council, "past_their_day", lambda *_: [])
    rung(body, due_on + timedelta(days=400))
    assert queries.agreement(waits).ending is None


def test_what_had_ended_before_stays_as_it_ended(deadlock):
    waits, (ada, _bo), _done = deadlock
    row = queries.agreement(waits)
    services.lapse(row.neighborhood_id, row.council_due_on + timedelta(days=1))
    again = queries.agreement(waits)
    assert (again.ending, again.ended_at) == (row.ending, row.ended_at) and not again.is_before_council
    assert ends(waits) == [5, 5] and code_of(lambda: services.ask(waits, "Once more.", by=ada)) == "asked_already"


def test_the_clerks_who_may_record_it_hear_that_the_council_is_asked_and_the_sides_that_it_lapsed(table, mailbox):
    body, (ada, bo), _done = table
    clerk, elsewhere = (make.person() for _each in range(2))
    clerk_of(clerk, body.neighborhood), clerk_of(elsewhere, make.neighborhood())
    waits = proposed(body, ada)
    signing.sign(waits, word(waits), by=ada)
    signing.sign(waits, word(waits, Verdict.ABSTAIN, WORD), by=bo)
    services.ask(waits, "They abstain and the lamps are dark.", by=ada)
    told = [mail for mail in mailbox.all() if mail.subject.startswith("The council is to decide by")]
    assert [mail.to[0] for mail in told] == [clerk.email] and elsewhere.email not in told[0].to
    assert "the lamps are dark" in told[0].body and f"/agreements/{waits}/council/decision" in told[0].body
    services.lapse(body.neighborhood_id, queries.agreement(waits).council_due_on + timedelta(days=1))
    lapsed = [mail for mail in mailbox.all() if mail.subject == "The council did not decide in time: Pause the project"]
    assert sorted(mail.to[0] for mail in lapsed) == sorted(make.account(each).email for each in (ada, bo))

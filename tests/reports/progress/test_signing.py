"""A progress report before both co-chairs: signed, refused, silent, taken back; it comes out on its day in any case."""

from datetime import timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core import jobs
from app.core.access import Role
from app.core.clock import at, now, today
from app.core.db import db
from app.core.errors import DomainError
from app.reports import pages, queries, services
from app.reports.progress.people import queries as people
from app.reports.progress.promises.rules import quarter_of
from app.reports.rules import FORMS, EditionStage, plain
from app.reports.signing_off import queries as signing_off
from app.reports.signing_off import services as closing
from app.taskforces import queries as bodies
from app.taskforces.signing import queries as agreements
from app.taskforces.signing import services as signing
from app.taskforces.signing.escalating import queries as escalating
from app.taskforces.signing.escalating import services as council
from app.taskforces.signing.escalating.services import RecordDecision
from app.taskforces.signing.rules import Ending, Outcome, Verdict
from tests import make, sent
from tests.browser import Browser
from tests.reports import printing
from tests.reports.progress import quarter
from tests.taskforces.signing.words import word

NO = "The crossing is not on track at all, whatever this says."


@pytest.fixture
def asked(app):
    """A task force, its draft, and the agreement that asks both co-chairs to sign it."""
    here = quarter.table()
    edition_id = quarter.freeze(here)
    jobs.run_waiting()
    agreement_id = signing_off.asked_in(edition_id)
    assert agreement_id is not None
    return here, edition_id, agreement_id


def sign(agreement_id, by, verdict=Verdict.APPROVE, statement=""):
    """A side's word, with its second factor fresh."""
    return signing.sign(agreement_id, word(agreement_id, verdict, statement), by=make.fresh(by))


def days_on(here, days):
    """The clocks of the neighborhood so many days later, and what the worker then makes."""
    with at(now() + timedelta(days=days)):
        signing.expire(here.body.neighborhood_id, today())
        closing.publish_when_due(here.body.neighborhood_id, today())
        jobs.run_waiting()


def printed(edition_id):
    """What the page of an edition says of its signatures, one a side."""
    snapshot = queries.detail(edition_id).snapshot
    return {each["side"]: (each["verdict"], each["statement"]) for each in snapshot["signatures"]}


def test_a_draft_waits_and_everybody_can_read_it(app, asked):
    _here, edition_id, agreement_id = asked
    assert quarter.stage(edition_id) is EditionStage.SIGNING
    page = Browser(app).open(f"/reports/{edition_id}")
    assert "A draft: not for citation" in page.text and "asked to sign" in page.text
    assert page.follow("Who has signed, and where to sign").path == f"/agreements/{agreement_id}"


def test_with_both_signatures_it_is_published_with_the_same_figures(asked):
    here, edition_id, agreement_id = asked
    before = queries.detail(edition_id)
    assert sign(agreement_id, here.ada) is None
    assert sign(agreement_id, here.ben) is Ending.EXECUTED
    jobs.run_waiting()
    after = queries.detail(edition_id)
    assert after.row.stage is EditionStage.PUBLISHED
    assert after.snapshot["figures"] == before.snapshot["figures"] and after.row.data_hash != before.row.data_hash
    assert {file.form for file in after.files} >= set(FORMS)
    assert printed(edition_id) == {"community": ("approve", None), "institution": ("approve", None)}


def test_a_no_is_printed_with_its_words_on_the_last_day(app, asked):
    here, edition_id, agreement_id = asked
    sign(agreement_id, here.ada)
    assert sign(agreement_id, here.ben, Verdict.REJECT, NO) is Ending.REJECTED
    days_on(here, 3)
    assert quarter.stage(edition_id) is EditionStage.SIGNING
    days_on(here, 40)
    assert printed(edition_id) == {"community": ("approve", None), "institution": ("reject", NO)}
    assert NO in Browser(app).open(f"/reports/{edition_id}").text


def test_after_a_no_the_other_side_is_not_called_silent(app, asked):
    here, edition_id, agreement_id = asked
    sign(agreement_id, here.ben, Verdict.REJECT, NO)
    days_on(here, 40)
    assert "nobody was asked any more" in Browser(app).open(f"/reports/{edition_id}").text


def test_it_is_published_once_however_often_the_day_runs(asked):
    here, edition_id, _agreement = asked
    for _each in range(3):
        days_on(here, 40)
    told = db.session.scalars(sa.select(AuditEntry.kind).where(AuditEntry.kind == "EditionSigned")).all()
    assert quarter.stage(edition_id) is EditionStage.PUBLISHED and len(told) == 1


def test_it_is_not_published_on_its_last_day_to_sign(asked):
    here, edition_id, _agreement = asked
    due_on = queries.detail(edition_id).due_on
    days_on(here, (due_on - today()).days)
    assert quarter.stage(edition_id) is EditionStage.SIGNING


def test_a_draft_that_the_clerk_takes_back_frees_its_number(asked):
    here, edition_id, agreement_id = asked
    signing.withdraw(agreement_id, by=here.clerk)
    again = quarter.freeze(here)
    assert again != edition_id and queries.detail(again).row.number == 1


def test_nobody_is_asked_any_more_to_sign_a_draft_that_was_given_up(asked):
    here, edition_id, agreement_id = asked
    services.drop(edition_id, by=here.clerk)
    assert agreements.agreement(agreement_id).ending is Ending.WITHDRAWN
    with pytest.raises(DomainError):
        sign(agreement_id, here.ada)


def test_nobody_signs_once_it_is_public(asked):
    here, _edition_id, agreement_id = asked
    sign(agreement_id, here.ada)
    days_on(here, 40)
    with pytest.raises(DomainError):
        sign(agreement_id, here.ben)


def test_two_drafts_of_a_quarter_do_not_wait_at_once(asked):
    here, _edition_id, _agreement = asked
    with pytest.raises(DomainError, match="on its way"):
        quarter.freeze(here)


def test_a_silent_co_chair_is_printed_on_the_paper_of_the_day(app, prints):
    here = quarter.table()
    edition_id = quarter.freeze(here)
    sign(signing_off.asked_in(edition_id), here.ada)
    due_on = queries.detail(edition_id).due_on
    days_on(here, 40)
    paper = printing.text_of(printing.pdf_of(edition_id))
    day = f"{due_on:%B} {due_on.day}, {due_on.year}"
    assert f"No signature received by {due_on:%b} {due_on.day}, {due_on.year}" in paper
    assert "No statement received." in paper and f"no signature received by {day}, and no statement" in paper
    assert "Published, edition 1" in paper and "DRAFT" not in paper


def test_where_the_council_stands_in_its_decision_is_printed(app, asked):
    here, edition_id, agreement_id = asked
    sign(agreement_id, here.ada)
    sign(agreement_id, here.ben, Verdict.REJECT, NO)
    council.ask(agreement_id, NO, by=here.ada)
    command = RecordDecision(
        outcome=Outcome.STANDS_IN,
        decided_by="The council",
        decided_on=today(),
        reference="Resolution 7",
        explanation="Residents are owed this report, and the figures in it hold.",
        file=BytesIO(sent.photo()),
    )
    council.record(agreement_id, command, key="k", by=make.actor(Role.CLERK))
    jobs.run_waiting()
    assert quarter.stage(edition_id) is EditionStage.PUBLISHED
    page = Browser(app).open(f"/reports/{edition_id}").text
    assert NO in page and "did not sign" in page and "The council stands in for this side" in page


@pytest.fixture
def lapsed(app, asked):
    """A task force, a draft of its report, and the last day on which the council could have decided about it."""
    here, edition_id, agreement_id = asked
    sign(agreement_id, here.ada)
    sign(agreement_id, here.ben, Verdict.REJECT, NO)
    council.ask(agreement_id, NO, by=here.ada)
    due_on = agreements.agreement(agreement_id).council_due_on
    council.lapse(here.body.neighborhood_id, due_on + timedelta(days=1))
    return bodies.task_force_of(here.body.id), queries.detail(edition_id), due_on


def test_what_the_council_lets_lapse_is_told_in_the_quarter_of_its_last_day(app, lapsed):
    body, edition, due_on = lapsed
    (line,) = people.asked_of_council(body, quarter_of(due_on))
    assert (line.lapsed_on, line.reason) == (due_on, NO)
    assert people.asked_of_council(body, quarter_of(due_on + timedelta(days=100))) == []
    edition.snapshot["figures"]["asked_of_council"] = plain([line])
    with app.test_request_context():
        words = pages.in_plain_text(edition, "en").split()
    assert "It did not decide: nothing was on record" in " ".join(words)


def test_the_twin_that_tells_only_what_waits_is_silent_about_it(lapsed, monkeypatch):
    body, _edition, due_on = lapsed
    monkeypatch.setattr(escalating, "lapsed", lambda *_: [])
    assert people.asked_of_council(body, quarter_of(due_on)) == []

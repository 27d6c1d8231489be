"""The clerk's desk: what is owed, a preview that keeps nothing, and several reports published at once."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.accounts.models import Person, RoleGrant
from app.core import jobs
from app.core.access import Actor, Grant, Role
from app.core.clock import today
from app.core.db import db
from app.core.errors import NotFound
from app.cycles.rules import Stage
from app.proposals.rules import Stage as Decided
from app.reports import queries
from app.reports.desk import queries as desk
from app.reports.desk.rules import goes_with_others
from app.reports.desk.services import publish_all
from app.reports.duties.rules import Duty, Issue
from app.reports.models import Edition
from app.reports.pages import Block
from app.reports.rules import EditionStage, Line, Period, ReportKind, Subject, line_of
from app.reports.signing_off import queries as signing_off
from app.taskforces.rules import BodyStage
from app.taskforces.seats.rules import SeatKind, Side
from app.taskforces.signing import services as signing
from app.taskforces.signing.rules import Verdict
from tests import make
from tests.browser import Browser
from tests.reports import printing, sample
from tests.taskforces.signing.words import WORD, word

DESK = "/office/reports"
PRESS = "app.core.printing.press.printed"


@pytest.fixture
def body(app):
    """A task force that owes two quarters; progress reports can be published, without a press."""
    with sample.published_kinds(ReportKind.PROGRESS):
        yield make.task_force(constituted_on=sample.QUARTER.first_on)


@pytest.fixture
def clerk(app, body):
    """The browser of a clerk of everything."""
    return Browser(app).sign_in(make.person(roles=(Role.CLERK,)))


def line(body):
    return Line(kind=ReportKind.PROGRESS, subject_id=body.id, period=sample.QUARTER)


def clerk_of(where):
    grants = frozenset({Grant(role=Role.CLERK, neighborhood_id=where.id)})
    return Actor(id=make.person().id, name="Clerk", grants=grants)


@pytest.mark.parametrize("key", ["results/3", "progress/4/2026-07-01", "annual/1/2026-01-01"])
def test_a_line_is_known_again_by_its_key(key):
    assert line_of(key).key == key


@pytest.mark.parametrize(
    "key", ["", "results", "progress/4", "results/3/2026-01-01", "progress/4/2026-08-01", "nothing/1", "results/x/y"]
)
def test_what_is_no_line_is_refused(key):
    with pytest.raises(NotFound):
        line_of(key)


def test_only_a_first_edition_that_nothing_blocks_goes_with_others():
    owed = Duty(line=line_of("results/3"), subject="", neighborhood_id=1, neighborhood="")
    issue = Issue(id=1, code="", number=1, stage=EditionStage.WITHDRAWN, signed_by_on=None, fault=None)
    before = Duty(line=owed.line, subject="", neighborhood_id=1, neighborhood="", issue=issue)
    assert goes_with_others(owed, ())
    assert not goes_with_others(owed, ("late",)) and not goes_with_others(before, ())


def test_the_desk_names_what_is_owed_and_how_late_it_is(body, clerk):
    page = clerk.open(DESK)
    assert page.text.count(body.name) >= 2 and "days overdue" in page.text


def test_several_are_published_at_once_in_every_language_spoken_there(body, clerk):
    keys = [f"progress/{body.id}/{period.first_on}" for period in (sample.QUARTER, sample.LAST)]
    body_id = body.id
    page = clerk.open(DESK).press("Freeze their figures and publish them", lines=keys)
    assert "2 reports are frozen" in page.text
    jobs.run_waiting()
    editions = queries.of_subject(Subject.TASK_FORCE, body_id)
    assert {row.stage for row in editions} == {EditionStage.PUBLISHED} and len(editions) == 2
    assert set(editions[0].languages) == set(queries.subject_of(editions[0].line).printed_in)


def test_what_both_co_chairs_sign_is_put_before_them_from_the_desk(body, clerk):
    with sample.published_kinds(ReportKind.PROGRESS, is_signed=True):
        page = clerk.open(DESK)
        assert "Both co-chairs sign it before it is final" in page.text
        page = page.press("Freeze their figures and publish them", lines=[line(body).key])
        assert "1 report is frozen as a draft" in page.text
        assert "Community side: nothing yet" in page.text and "Institution side: nothing yet" in page.text
        (link,) = [a.get("href") for a in page.all("a") if "/agreements/" in (a.get("href") or "")]
        assert clerk.open(link).status == 200


def test_the_desk_says_which_side_has_signed_and_which_said_no(body, clerk):
    chairs = [make.seated(body, SeatKind.CO_CHAIR, side) for side in Side]
    with sample.published_kinds(ReportKind.PROGRESS, is_signed=True):
        edition_id = printing.publish(ReportKind.PROGRESS, body.id, period=sample.QUARTER)
        agreement_id = signing_off.asked_in(edition_id)
        for chair, verdict in zip(chairs, (Verdict.APPROVE, Verdict.REJECT), strict=True):
            signing.sign(agreement_id, word(agreement_id, verdict, WORD), by=make.fresh(chair))
        page = clerk.open(DESK)
    assert "Community side: signed" in page.text and "Institution side: said no" in page.text


def test_who_was_asked_is_read_in_two_statements_however_many_drafts_there_are(body, statements):
    counts = []
    with sample.published_kinds(ReportKind.PROGRESS, is_signed=True):
        for period in (sample.QUARTER, sample.LAST):
            printing.publish(ReportKind.PROGRESS, body.id, period=period)
            ids = [row.id for row in queries.of_subject(Subject.TASK_FORCE, body.id)]
            statements.clear()
            assert set(signing_off.asked_of(ids)) == set(ids)
            counts.append(len(statements))
    assert counts[0] == counts[1] and signing_off.asked_of([]) == {}


def test_what_somebody_else_has_published_meanwhile_is_refused_by_its_name(body, clerk):
    page = clerk.open(DESK)
    sample.out(ReportKind.PROGRESS, body.id, period=sample.QUARTER)
    keys = [f"progress/{body.id}/{period.first_on}" for period in (sample.QUARTER, sample.LAST)]
    page = page.press("Freeze their figures and publish them", lines=keys)
    assert "1 report is frozen" in page.text and f"{body.name}, {sample.called()}: These figures are" in page.text


def test_a_tick_that_is_no_report_is_refused(body, clerk):
    page = clerk.open(DESK).press("Freeze their figures and publish them", lines=["progress/x"])
    assert "Tick only reports of this list" in page.text


def test_the_letters_that_nobody_has_written_yet_are_on_the_desk(app, clerk):
    cycle = make.cycle(stage=Stage.CERTIFIED)
    proposal = make.proposal(within=cycle, stage=Decided.NOT_FEASIBLE, number=1)
    page = clerk.open(DESK)
    assert "1 proposer has no letter yet" in page.text
    assert page.follow(f"Letters of {cycle.name}").path == f"/reports/letters/{cycle.id}"
    with sample.published_kinds(ReportKind.LETTER):
        sample.out(ReportKind.LETTER, proposal.id)
    assert "no letter yet" not in clerk.open(DESK).text


def test_one_kind_alone_is_shown_with_how_many_there_are_of_each(body, clerk):
    with sample.published_kinds(ReportKind.PROGRESS, ReportKind.QUESTIONS):
        page = clerk.open(DESK)
        assert "All (4)" in page.text and "Questions and answers (2)" in page.text
        page = page.follow("Questions and answers")
        assert f"Questions and answers: {body.name}" in page.text and f"Progress report: {body.name}" not in page.text


def test_what_is_on_its_way_is_not_owed_beside_it(body, clerk):
    with sample.published_kinds(ReportKind.PROGRESS, is_signed=True):
        printing.publish(ReportKind.PROGRESS, body.id, period=sample.QUARTER)
        page = clerk.open(DESK)
    assert [a.get("href") for a in page.all("a") if f"{sample.QUARTER.first_on}" in (a.get("href") or "")] == []


def test_one_that_is_refused_holds_no_other_up(body):
    other = make.task_force(where=body.neighborhood)
    lines = [line(body), Line(kind=ReportKind.PROGRESS, subject_id=9999, period=sample.QUARTER), line(other)]
    found = publish_all(lines, by=make.actor(Role.CLERK))
    assert [each.edition_id is not None for each in found] == [True, False, True]


def test_a_clerk_of_another_place_publishes_nothing_here(body):
    (found,) = publish_all([line(body)], by=clerk_of(make.neighborhood()))
    assert found.edition_id is None and "clerk of this neighborhood" in found.refused


@pytest.mark.parametrize(("sabotaged", "status"), [(False, 404), (True, 200)])
def test_a_clerk_of_another_place_sees_no_preview_unless_nobody_asks(app, body, monkeypatch, sabotaged, status):
    stranger, elsewhere = make.person(is_staff=True).id, make.neighborhood().id
    make.kept(RoleGrant(person_id=stranger, role=Role.CLERK, neighborhood_id=elsewhere, starts_on=date(2020, 1, 1)))
    if sabotaged:
        monkeypatch.setattr("app.reports.policies.may_publish", lambda actor, neighborhood_id: True)
    page = Browser(app).sign_in(db.session.get_one(Person, stranger)).open(f"{DESK}/preview/{line(body).key}")
    assert page.status == status


def test_nothing_ticked_is_said_at_the_ticks(body, clerk):
    assert "Tick at least one" in clerk.open(DESK).press("Freeze their figures and publish them").text


def test_what_blocks_a_report_is_said_and_it_cannot_be_ticked(body, clerk):
    block = Block(said="A late milestone has no explanation.", rule=24)
    with sample.published_kinds(ReportKind.PROGRESS, blocks=lambda line: (block,)):
        page = clerk.open(DESK)
        assert "1 thing to put right" in page.text and "Freeze their figures" not in page.text
        assert "no explanation" in clerk.open(f"{DESK}/preview/{line(body).key}").text


def test_a_preview_is_marked_and_keeps_nothing(body, clerk):
    page = clerk.open(f"{DESK}/preview/{line(body).key}")
    assert page.status == 200 and "DRAFT" in page.text and "not for citation" in page.text
    assert db.session.scalar(sa.select(sa.func.count(Edition.id))) == 0
    assert clerk.open("/reports/").text.count("R7-") == 0


def test_a_preview_is_for_clerks_of_the_place(app, body):
    address = f"{DESK}/preview/{line(body).key}"
    person = make.person(roles=(Role.OBSERVER,))
    assert Browser(app).sign_in(person).open(address).status == 403
    assert "Sign in" in Browser(app).open(address).text


def test_the_desk_shows_what_waits_for_signatures_and_what_failed(body, clerk, monkeypatch):
    def fail(sheet):
        raise OSError("no room")

    monkeypatch.setattr(PRESS, fail)
    sample.out(ReportKind.PROGRESS, body.id, period=sample.QUARTER)
    page = clerk.open(DESK)
    assert "Could not be made" in page.text and "no room on the disk" in page.text


def test_a_task_force_page_has_the_door_for_clerks_only(app, body, clerk):
    label = "Publish: Progress report"
    assert label in clerk.open(f"/task-forces/{body.slug}").text
    page = Browser(app).open(f"/task-forces/{body.slug}")
    assert label not in page.text and "All reports, year by year" in page.text


def test_a_task_force_that_is_only_proposed_has_nothing_to_report(body, clerk):
    new = make.task_force(where=body.neighborhood, stage=BodyStage.PROPOSED, constituted_on=None, proposed_on=today())
    assert "Publish: Progress report" not in clerk.open(f"/task-forces/{new.slug}").text


def test_the_report_offered_is_that_of_the_last_quarter_that_ended(body):
    (found,) = desk.lines_about(Subject.TASK_FORCE, body.id, date(2026, 11, 20))
    assert found.period == Period(first_on=date(2026, 7, 1), last_on=date(2026, 9, 30))


def test_the_page_to_publish_says_the_day_and_that_nothing_keeps_it_back(body, clerk):
    page = clerk.open(f"/reports/publish/progress/{body.id}?first={sample.QUARTER.first_on}")
    assert "Due by" in page.text and "Nothing keeps it back" in page.text


def test_what_is_late_is_one_thing_in_the_week_of_its_clerk_until_it_is_published(body, clerk):
    late = "Reports are overdue"
    assert clerk.open("/office/week").text.count(late) == 1
    for period in (sample.QUARTER, sample.LAST):
        sample.out(ReportKind.PROGRESS, body.id, period=period)
    assert late not in clerk.open("/office/week").text


def test_what_comes_due_stands_in_the_week_with_the_page_where_it_is_published(body, clerk, monkeypatch):
    soon = Duty(
        line=line(body), subject=body.name, neighborhood_id=1, neighborhood="", due_on=today() + timedelta(days=2)
    )
    monkeypatch.setattr("app.reports.duties.queries.waiting", lambda where, on: [soon])
    page = clerk.open("/office/week")
    (link,) = [a for a in page.all("a") if "/reports/publish/" in (a.get("href") or "")]
    assert "A report is to be published" in page.text and clerk.open(link.get("href")).status == 200

"""A draft lies open where its cycle has days for it; what residents say is read, answered and printed."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
import time_machine
from flask import current_app
from sqlalchemy.exc import DatabaseError

from app.core.access import Role
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding
from app.cycles.models import Cycle
from app.places.models import Neighborhood
from app.reports import pages
from app.reports import queries as reports
from app.reports.commenting import queries, rules, services
from app.reports.commenting.rules import Verdict, WhyNot
from app.reports.commenting.services import AnswerComment, Say
from app.reports.rules import Form, Line, ReportKind, period_of
from tests import make
from tests.browser import Browser
from tests.reports import sample

WORDS = "The bench on Mill Lane is missing in the table."
DAYS = 14


@pytest.fixture
def line(app):
    """The annual report of a neighborhood whose cycle has days for comments; nothing is printed."""
    with sample.published_kinds(ReportKind.ANNUAL):
        cycle = make.cycle()
        services.set_days(cycle.id, DAYS, by=make.actor(Role.CLERK))
        yield Line(
            kind=ReportKind.ANNUAL,
            subject_id=cycle.neighborhood_id,
            period=period_of(ReportKind.ANNUAL, sample.QUARTER.first_on),
        )


def opened(line):
    return services.open_draft(line, by=make.actor(Role.CLERK))


def resident(line):
    return make.resident(db.session.get_one(Neighborhood, line.subject_id))


def said(line, window_id, words=WORDS, **more):
    return services.say(window_id, Say(words=words, language="en", **more), by=resident(line))


def read(comment_id, verdict=Verdict.SHOWN, reason=""):
    services.read(comment_id, verdict, reason, by=make.actor(Role.CLERK))


def answered(comment_id, change=""):
    command = AnswerComment(response="It stands there now.", change=change)
    services.answer(comment_id, command, by=make.actor(Role.CLERK))


def over(monkeypatch):
    """The days for comments are over."""
    monkeypatch.setattr(queries, "today", lambda zone: sample.after(DAYS + 1))
    monkeypatch.setattr(services, "today", lambda zone: sample.after(DAYS + 1))


def published(line, **more):
    return sample.out(line.kind, line.subject_id, period=line.period, **more)


def left(line):
    return [block.said for block in queries.blocks_of(line)]


def test_a_report_whose_cycle_has_days_for_comments_is_not_published_before_its_draft_lay_open(line):
    assert left(line) == ["Its draft has to lie open for comments first: the cycle has days for that."]
    with pytest.raises(DomainError, match="lie open"):
        published(line)


def test_without_days_nothing_lies_open_and_nothing_is_in_the_way(line):
    cycle_id = db.session.scalar(sa.text("SELECT max(cycle_id) FROM comment_term"))
    services.set_days(cycle_id, None, by=make.actor(Role.CLERK))
    assert left(line) == []
    with pytest.raises(DomainError, match="has days"):
        opened(line)


def test_while_it_lies_open_residents_comment_and_it_is_not_published(line):
    said(line, opened(line))
    assert left(line) == [
        "Its draft still lies open for comments.",
        "Nobody has read some of the comments on its draft.",
    ]


def test_the_edition_prints_every_comment_with_what_came_of_it(line, monkeypatch):
    window_id = opened(line)
    first, second = said(line, window_id, public_name="Ada of Mill Lane"), said(line, window_id, "Somebody is a thief.")
    read(first)
    read(second, Verdict.NOT_SHOWN, "It accuses a person.")
    answered(first, "The bench is in the table.")
    over(monkeypatch)
    edition = reports.detail(published(line))
    assert [each["number"] for each in edition.snapshot["figures"]["comments"]] == [1, 2]
    with current_app.test_request_context():
        paper = pages.sheet(edition, "en", Form.READERS).document
    for words in (
        WORDS,
        "Ada of Mill Lane",
        "It stands there now.",
        "The bench is in the table.",
        "It accuses a person.",
    ):
        assert words in paper
    assert "thief" not in paper and "thief" not in edition.text


@pytest.mark.parametrize(("act", "words"), [("read", "Nobody has said yet"), ("none", "Nobody has read")])
def test_a_comment_that_is_not_read_or_not_answered_keeps_the_report_back(line, monkeypatch, act, words):
    comment_id = said(line, opened(line))
    if act == "read":
        read(comment_id)
    over(monkeypatch)
    with pytest.raises(DomainError, match=words):
        published(line)


def test_without_asking_what_is_left_it_would_be_published(line, monkeypatch):
    """The twin: nothing else than what is left of the comments keeps it back."""
    said(line, opened(line))
    monkeypatch.setattr(queries, "left_to_do", lambda *given: [])
    assert reports.detail(published(line)).row.number == 1


def test_a_correction_of_what_is_published_needs_no_draft(line, monkeypatch):
    opened(line)
    over(monkeypatch)
    published(line)
    assert left(line) == []


def test_nothing_is_said_after_the_last_day_by_strangers_or_twice_opened(line, monkeypatch):
    window_id = opened(line)
    with pytest.raises(DomainError, match="laid open already"):
        opened(line)
    with pytest.raises(DomainError, match="Residents of this neighborhood"):
        services.say(window_id, Say(words=WORDS, language="en"), by=make.actor())
    over(monkeypatch)
    with pytest.raises(DomainError, match="are over"):
        said(line, window_id)


def test_a_clerk_types_what_was_handed_in_on_paper_and_says_nothing_else(line):
    window_id, clerk = opened(line), make.actor(Role.CLERK)
    services.say(window_id, Say(words=WORDS, language="en", on_paper=True), by=clerk)
    with pytest.raises(DomainError, match="Residents"):
        services.say(window_id, Say(words=WORDS, language="en"), by=clerk)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.OVERSEER, Role.ADMIN, None])
def test_others_open_read_and_answer_nothing(line, role):
    by = make.actor(role) if role else make.actor()
    with pytest.raises(NoStanding):
        services.open_draft(line, by=by)
    comment_id = said(line, opened(line))
    with pytest.raises(NoStanding):
        services.read(comment_id, Verdict.SHOWN, "", by=by)
    with pytest.raises(NoStanding):
        services.answer(comment_id, AnswerComment(response="No."), by=by)


def test_words_are_shown_to_nobody_else_before_they_are_read(line, browser):
    window_id = opened(line)
    comment_id = said(line, window_id)
    address = f"/reports/drafts/{window_id}"
    assert WORDS not in browser.open(address).text and "Nobody has read it yet" in browser.open(address).text
    read(comment_id)
    assert WORDS in browser.open(address).text


def test_what_was_said_and_frozen_never_changes(line):
    comment_id = said(line, opened(line))
    for table in ("comment_window", "draft_comment"):
        with pytest.raises(DatabaseError, match="append-only"), transaction():
            db.session.execute(sa.text(f"DELETE FROM {table}"))
    assert comment_id


def test_a_resident_comments_and_a_clerk_reads_and_answers_on_the_pages(app, line):
    clerk = Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    page = clerk.open(f"/reports/publish/annual/{line.subject_id}?first={line.period.first_on}")
    page = page.press("Lay today’s draft open for comments")
    assert "A draft: not for citation" in page.text
    neighbor = Browser(app).sign_in(make.account(resident(line)))
    assert "Drafts you can comment on" in neighbor.open("/reports/").text
    assert "shown here once it was read" in neighbor.open(page.path).press("Send the comment", words=WORDS).text
    page = clerk.open(page.path).follow("Read it first: Comment 1").press("Save", verdict="shown")
    page = page.follow("Say what comes of it: Comment 1").press("Save the answer", response="Thank you.")
    assert "Nothing was changed in the report because of it." in page.text


def test_a_comment_that_is_not_shown_needs_a_reason(app, line):
    comment_id = said(line, window_id := opened(line))
    clerk = Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    page = clerk.open(f"/reports/drafts/comments/{comment_id}/{window_id}").press("Save", verdict="not_shown")
    assert "Say why, in a sentence" in page.text


def test_pages_of_drafts_are_closed_to_others(app, line):
    comment_id = said(line, window_id := opened(line))
    cycle_id = db.session.scalar(sa.text("SELECT max(cycle_id) FROM comment_term"))
    for path in (f"comments/{comment_id}/{window_id}", f"days/{cycle_id}"):
        assert Browser(app).sign_in(make.person()).open(f"/reports/drafts/{path}").status == 403
        assert "Sign in" in Browser(app).open(f"/reports/drafts/{path}").text


def test_somebody_comments_at_most_five_times_a_day(app, line):
    window_id, browser = opened(line), Browser(app).sign_in(make.account(resident(line)))
    for _each in range(rules.A_DAY):
        browser.open(f"/reports/drafts/{window_id}").press("Send the comment", words=WORDS)
    assert browser.open(f"/reports/drafts/{window_id}").press("Send the comment", words=WORDS).status == 429


def test_a_draft_is_open_until_the_end_of_its_last_day_where_it_is(line):
    with transaction():
        db.session.get_one(Neighborhood, line.subject_id).time_zone = "America/Los_Angeles"
    last = queries.window(opened(line)).closes_on
    midnight = datetime.combine(last + timedelta(days=1), time(0), ZoneInfo("America/Los_Angeles"))
    with time_machine.travel(midnight - timedelta(hours=1), tick=False):
        assert [row.closes_on for row in queries.open_now()] == [last]
    with time_machine.travel(midnight + timedelta(minutes=1), tick=False):
        assert queries.open_now() == []


def test_reading_drafts_costs_the_same_however_many_there_are(line, statements):
    def cost():
        db.session.expire_all()
        statements.clear()
        queries.open_now()
        return len(statements)

    opened(line)
    alone = cost()
    for year in (2024, 2025):
        opened(replace(line, period=period_of(line.kind, date(year, 1, 1))))
    assert len(queries.open_now()) == 3 and cost() == alone


def test_a_clerk_sets_the_days_on_a_page(app, line):
    cycle_id = db.session.scalar(sa.text("SELECT max(cycle_id) FROM comment_term"))
    clerk = Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    page = clerk.open(f"/reports/drafts/days/{cycle_id}").press("Save", days="2")
    assert queries.term_of(cycle_id) == DAYS
    page.press("Save", days="21")
    assert queries.term_of(cycle_id) == 21


def test_a_clerk_who_sets_the_days_is_brought_back_to_the_report_they_came_from(app, line):
    cycle, clerk = db.session.query(Cycle).one(), Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    report = clerk.open(f"/reports/publish/annual/{line.subject_id}?first={line.period.first_on}")
    page = report.follow(f"change it: {cycle.name}").press("Save", days="2").press("Save", days="21")
    assert (page.path, page.one("h1")) == (report.path, report.one("h1"))
    assert "Saved. Drafts that lie open keep their days." in page.text and "for 21 days" in page.text
    assert clerk.open(f"/reports/drafts/days/{cycle.id}?report=https://evil.example/").status == 404


@pytest.mark.parametrize(
    ("kind", "days", "opened", "published", "why"),
    [
        (ReportKind.ANNUAL, 7, False, False, None),
        (ReportKind.PROGRESS, 7, True, False, WhyNot.OPENED),
        (ReportKind.PROGRESS, 7, False, True, WhyNot.PUBLISHED),
        (ReportKind.ANNUAL, None, False, False, WhyNot.NO_DAYS),
        (ReportKind.RESULTS, 7, False, False, WhyNot.NO_DAYS),
    ],
)
def test_a_draft_is_laid_open_or_not_for_a_reason(kind, days, opened, published, why):
    assert rules.why_not_open(kind, days, is_opened=opened, is_published=published) is why


def test_a_draft_keeps_its_figures_whatever_becomes_of_them(line, browser):
    window_id = opened(line)
    with sample.published_kinds(ReportKind.ANNUAL, figures=lambda line: {"said": "something else"}):
        assert "something else" not in browser.open(f"/reports/drafts/{window_id}").text


def test_a_clerk_prints_the_draft_for_the_desk_and_nobody_else_does(app, line, monkeypatch):
    asked = []
    monkeypatch.setattr("app.core.printing.press.printed", lambda sheet: asked.append(sheet.document) or b"a file")
    address = f"/reports/drafts/{opened(line)}.pdf"
    clerk = Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    assert clerk.client.get(address).data == b"a file"
    assert Browser(app).sign_in(make.person(roles=(Role.OFFICER,))).open(address).status == 403
    assert 'class="draft"' in asked[0] and address.removesuffix(".pdf") in asked[0]

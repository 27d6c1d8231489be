"""R12: who waited how long, and what was answered, the same on the page, in the PDF and in its table."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.core import jobs
from app.core.clock import today
from app.core.db import transaction
from app.reports import queries
from app.reports.making import services as making
from app.reports.questions import pages, rules
from app.reports.rules import Form
from app.taskforces.questions.answering import queries as answering
from app.taskforces.questions.lists import queries as lists
from app.taskforces.questions.queries import full_row
from app.taskforces.questions.rules import Stage
from tests import make
from tests.browser import Browser
from tests.memory import remembered
from tests.reports import reading
from tests.reports.printing import pdf_of
from tests.reports.sheets import questions_log, sheet_of
from tests.taskforces.questions import asked

CAPTION = "Questions, those past their day first"
WAITED = "Working days from the question to its first answer"
HOSTILE = "=cmd() <img src=file:///etc/passwd> Why are the lamps dark?"
UNREAD = "Mrs. Jones of number 9 throws stones at the lamps."


@pytest.mark.parametrize(
    ("days", "counts"),
    [([], [0, 0, 0, 0, 0]), ([0, 2, 3, 5, 6, 10, 11, 20, 21, 400], [2, 2, 2, 2, 2]), ([10], [0, 0, 1, 0, 0])],
)
def test_every_answer_falls_into_one_step(days, counts):
    steps = rules.histogram(days)
    assert [step.answers for step in steps] == counts and sum(counts) == len(days)
    assert all(a.to_days + 1 == b.from_days for a, b in zip(steps, steps[1:], strict=False))


@pytest.mark.parametrize(("part", "whole", "told"), [(0, 0, None), (0, 3, 0), (2, 3, 66), (199, 200, 99), (3, 3, 100)])
def test_a_share_never_looks_better_than_it_is(part, whole, told):
    assert rules.percent(part, whole) == told


@remembered
def an_edition():
    """The id of an edition with a question of every stage, one of them overdue and one hostile."""
    at = asked.scene()
    late = asked.ask(at, text=HOSTILE)
    asked.bring(at, late, Stage.ASSIGNED)
    for stage in (Stage.ANSWERED, Stage.ESCALATED, Stage.CLOSED, Stage.DECLINED, Stage.MERGED, Stage.RECEIVED):
        asked.at_stage(at, stage)
    with transaction():
        row = asked.row(late)
        row.asked_on, row.due_on = today() - timedelta(days=30), today() - timedelta(days=9)
    edition_id = questions_log(at.body.id, today())
    jobs.run_waiting()
    return edition_id


@pytest.fixture
def published(app):
    """An edition with its files."""
    return queries.detail(an_edition())


def test_the_list_is_the_same_on_page_paper_and_in_the_table_overdue_first(app, published, prints):
    page = Browser(app).open(f"/reports/{published.row.id}")
    rows = reading.paper(pdf_of(published.row.id)).table(CAPTION)
    told = reading.table_of_csv(pages.tables(published.snapshot["figures"])["questions.csv"])
    assert [row[:7] for row in rows] == [row[:7] for row in reading.table_of_page(page, CAPTION)]
    assert [row[0] for row in rows] == [row[0] for row in told] and len(rows) == 8
    assert rows[0][6] == "9" == told[0][9] and {row[6] for row in rows[1:]} == {"0"}


def test_the_histogram_adds_up_to_the_answers(published, prints):
    rows = reading.paper(pdf_of(published.row.id)).table(WAITED)
    answered = published.snapshot["figures"]["counts"]["answered"]
    assert sum(int(row[1]) for row in rows[:-1]) == int(rows[-1][1]) == answered


def test_a_screen_reader_misses_nothing(published, prints):
    paper = reading.paper(pdf_of(published.row.id))
    assert reading.problems(paper, title="Questions and answers") == []
    assert paper.says("In time: 3 of 4 (75%).") and paper.says("Please ask the bus line.")


def test_hostile_words_are_neither_markup_nor_a_formula(app, published):
    assert "<img src=file" not in sheet_of(app, published.row.id).document
    assert b",'=cmd()" in pages.tables(published.snapshot["figures"])["questions.csv"]


def test_the_same_snapshot_gives_the_same_file(app, published, prints):
    assert making.rendered(published.row.id, "en", Form.READERS) == pdf_of(published.row.id)


def test_a_question_stands_in_every_quarter_in_which_it_waited(app):
    at = asked.scene()
    number = asked.at_stage(at, Stage.ASSIGNED)
    with transaction():
        asked.row(number).asked_on = date(2026, 1, 15)
    found = [lists.logged(at.body.id, date(2026, m, 1), date(2026, m + 2, 28)) for m in (1, 4, 7)]
    assert [len(each) for each in found] == [1, 1, 1]
    assert lists.logged(at.body.id, date(2025, 10, 1), date(2025, 12, 31)) == []
    assert lists.logged(make.task_force().id, date(2026, 1, 1), date(2026, 3, 31)) == []


def keeps_to_itself(app):
    """Words nobody has read yet, and what whoever asked misses in an answer, stand in no log."""
    at = asked.scene()
    asked.ask(at, text=UNREAD)
    asked.at_stage(at, Stage.ESCALATED)
    edition = queries.detail(questions_log(at.body.id, today()))
    for secret in (UNREAD, asked.NO.missing):
        assert secret not in edition.text and secret not in sheet_of(app, edition.row.id).document


def test_words_that_are_not_public_are_never_printed(app):
    keeps_to_itself(app)


def test_the_test_above_would_notice_unread_words(app, monkeypatch):
    monkeypatch.setattr(lists, "public_row", full_row)
    with pytest.raises(AssertionError):
        keeps_to_itself(app)


def test_and_it_would_notice_what_somebody_misses(app, monkeypatch):
    def leaking(*found, tells_missing):
        row = plain(*found, tells_missing=True)
        return replace(row, plain=row.missing or row.plain)

    plain = answering._answer
    monkeypatch.setattr(answering, "_answer", leaking)
    with pytest.raises(AssertionError):
        keeps_to_itself(app)


def test_a_quarter_without_questions_says_so(app):
    edition = queries.detail(questions_log(make.task_force().id, today()))
    assert "No question waited in this quarter." in sheet_of(app, edition.row.id).document

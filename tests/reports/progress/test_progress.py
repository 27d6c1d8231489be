"""The progress report of a task force: every section, on the page and on paper, from one set of figures."""

import hashlib

import pytest

from app.core.clock import today
from app.core.money import written
from app.reports import queries
from app.reports.making import services as making
from app.reports.progress import pages
from app.reports.progress.people import queries as people
from app.reports.progress.promises.rules import quarter_of
from app.reports.rules import Form
from app.taskforces import queries as bodies
from app.taskforces.meetings.rules import Presence
from app.taskforces.meetings.sessions import services as sessions
from app.taskforces.questions.queries import full_row
from app.taskforces.seats.rules import Side
from tests.browser import Browser
from tests.memory import remembered
from tests.reports import printing, reading
from tests.reports.progress import quarter
from tests.taskforces.meetings import gathering

SECTIONS = 10
MONEY = "What each project has, and what of it is promised"
PAID = "What was paid, and what is expected in all"


@remembered
def a_draft():
    """The number of a draft with something in every section, its file made."""
    edition_id = quarter.freeze(quarter.full())
    assert printing.made(edition_id).files
    return edition_id


@pytest.fixture
def draft(app):
    """A draft with something in every section."""
    return queries.detail(a_draft())


@pytest.fixture
def paper(draft):
    """Its PDF, read."""
    return reading.paper(printing.pdf_of(draft.row.id, form=Form.DRAFT))


def test_somebody_who_does_not_see_the_paper_misses_nothing(paper):
    assert reading.problems(paper, title="Progress report") == []
    assert [words[:2] for level, words in paper.headings if level == 2][:SECTIONS] == [
        f"{number}."[:2] for number in range(1, SECTIONS + 1)
    ]


def test_it_is_read_and_not_filed(paper):
    assert 4 <= paper.pages <= 10


def test_page_and_paper_tell_the_same_milestones(app, draft, paper):
    page = Browser(app).open(f"/reports/{draft.row.id}")
    milestones = sum(len(project["milestones"]) for project in draft.snapshot["figures"]["projects"])
    for caption, rows in (
        ("The milestones of each project, and their dates", milestones),
        ("Why milestones are late", 2),
    ):
        assert paper.table(caption) == reading.table_of_page(page, caption) and len(paper.table(caption)) == rows


def test_page_paper_and_data_tell_the_same_money(app, draft, paper):
    page, figures = Browser(app).open(f"/reports/{draft.row.id}"), draft.snapshot["figures"]
    names = {MONEY: "given changed allocated committed left", PAID: "quarter spent expected over"}
    for caption, columns in names.items():
        rows = paper.table(caption)
        assert rows == reading.table_of_page(page, caption) and len(rows) == 4
        for row, told in zip(rows, [*figures["money"]["rows"], figures["money"]["total"]], strict=True):
            assert row[1:] == [_written(told[f"{name}_cents"]) for name in columns.split()]
    total = reading.table_of_csv(pages.tables(figures)["money.csv"])[-1]
    assert total[0] == "total" and total[4] == str(figures["money"]["total"]["allocated_cents"])


def _written(cents):
    return reading.bare("not said" if cents is None else written(cents, "USD"))


def test_the_sums_of_the_money_are_those_of_its_rows(draft):
    money = draft.snapshot["figures"]["money"]
    for name in ("allocated_cents", "committed_cents", "left_cents", "spent_cents", "quarter_cents"):
        assert sum(row[name] for row in money["rows"]) == money["total"][name]
    total = money["total"]
    assert total["allocated_cents"] == total["committed_cents"] + total["left_cents"]


def test_the_same_snapshot_gives_the_same_file(draft):
    (file,) = draft.files
    again = making.rendered(draft.row.id, file.language, file.form)
    assert hashlib.sha256(again).hexdigest() == file.file_hash


def test_markup_in_a_text_stays_text(app, draft, paper):
    page = Browser(app).open(f"/reports/{draft.row.id}")
    assert paper.says(quarter.HOSTILE) and quarter.HOSTILE in page.text
    assert not [each for each in page.all("script") if "example.org" in (each.get("src") or "")]


def test_the_paper_says_who_is_late_and_why(paper):
    late = "2 milestones are past their promised days"
    for said in (quarter.WHY_LATE, "Setback S-001, see section 5.", "Off track", late):
        assert paper.says(said), said


def test_money_that_was_not_held_against_the_councils_books_is_called_unreconciled(paper):
    assert paper.says("Unreconciled: these figures are not final.") and paper.says("not yet compared")


def test_questions_meetings_interests_and_promises_are_told(app, draft, paper):
    page = Browser(app).open(f"/reports/{draft.row.id}")
    told = ("The poles came late.", "2 of 2 needed", "My brother works", "Kept in part", "ask residents about the")
    for said in told:
        assert paper.says(said) and said in page.text


def test_words_that_nobody_has_read_yet_are_not_printed(draft, paper):
    questions = draft.snapshot["figures"]["questions"]
    assert [row["words"] is None for row in questions].count(True) == 1
    assert paper.says("the words are not public")


def test_who_came_is_counted_seat_by_seat(app):
    of = gathering.body()
    meeting = gathering.in_session(of, ben=Presence.APOLOGY)
    sessions.end_session(meeting.id, by=of.ada)
    held, came = people.held(bodies.task_force_of(of.row.id), quarter_of(today()), today())
    assert [row.is_quorate for row in held] == [False]
    told = {row.side: (row.present, row.apologies) for row in came}
    assert told == {Side.COMMUNITY: (1, 0), Side.INSTITUTION: (0, 1)}


def test_the_twin_that_reads_questions_as_their_handlers_do_would_print_them(app, monkeypatch):
    here = quarter.full()
    monkeypatch.setattr(people, "public_row", full_row)
    rows = people.questions(here.body.id, here.line.period, today())
    assert all(row.words is not None for row in rows)

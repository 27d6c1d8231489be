"""R14: what went wrong in a quarter, overdue first, the same on the page, in the PDF and in its tables."""

from datetime import date, timedelta

import pytest

from app.core import jobs
from app.core.clock import today
from app.core.db import db, transaction
from app.reports import queries
from app.reports.making import services as making
from app.reports.rules import Form, Period
from app.reports.setbacks import figures, pages, rules
from app.reports.setbacks.rules import Outcome
from app.taskforces.setbacks import queries as setbacks
from app.taskforces.setbacks.actions.rules import Finding
from app.taskforces.setbacks.models import Setback
from app.taskforces.setbacks.rules import SetbackStage
from tests import make
from tests.browser import Browser
from tests.memory import remembered
from tests.reports import reading
from tests.reports.printing import pdf_of
from tests.reports.sheets import register, sheet_of
from tests.taskforces.setbacks.story import Story

QUARTER = Period(first_on=date(2026, 7, 1), last_on=date(2026, 9, 30))
CAPTION = "Setbacks, those past their day first"
SECRET = "Mr. Smith of number 7"
HOSTILE = "=HYPERLINK('file:///etc/passwd') <i onclick=x()>crane</i>"


@pytest.mark.parametrize(
    ("found_on", "resolved_on", "is_in"),
    [
        (date(2026, 9, 30), None, True),
        (date(2026, 10, 1), None, False),
        (date(2026, 1, 1), None, True),
        (date(2026, 1, 1), date(2026, 7, 1), True),
        (date(2026, 1, 1), date(2026, 6, 30), False),
    ],
)
def test_a_setback_belongs_to_every_quarter_in_which_it_was_open(found_on, resolved_on, is_in):
    assert rules.belongs(QUARTER, found_on=found_on, resolved_on=resolved_on) is is_in


@pytest.mark.parametrize(
    ("stage", "findings", "word"),
    [
        (SetbackStage.RESOLVED, [Finding.PARTLY], Outcome.CORRECTED),
        (SetbackStage.ACCEPTED, [], Outcome.ACCEPTED),
        (SetbackStage.CORRECTING, [None, Finding.PARTLY], Outcome.PARTLY),
        (SetbackStage.CORRECTING, [Finding.CORRECTED, None], Outcome.PARTLY),
        (SetbackStage.CORRECTING, [Finding.NOT, None], Outcome.NOT),
        (SetbackStage.REPORTED, [], Outcome.NOT),
    ],
)
def test_how_far_it_is_put_right_is_computed(stage, findings, word):
    assert rules.outcome(stage, findings) is word


@pytest.mark.parametrize(
    ("number", "told"), [(None, (None, False)), (0, (0, False)), (4, (None, True)), (5, (5, False))]
)
def test_few_people_are_not_told_as_a_number(number, told):
    assert rules.told_people(number) == told


@remembered
def an_edition():
    """The id of an edition with a setback that is past its day and one that has just been reported."""
    late, fresh = Story().claimed(), Story()
    fresh.body, fresh.project, fresh.ada, fresh.bo, fresh.about = late.body, late.project, late.ada, late.bo, late.about
    fresh.reported(title=HOSTILE)
    with transaction():
        db.session.get_one(Setback, late.id).due_on = today() - timedelta(days=4)
        db.session.get_one(Setback, fresh.id).effect_people = 3
    edition_id = register(late.row.neighborhood_id, today())
    jobs.run_waiting()
    return edition_id


@pytest.fixture
def published(app):
    """An edition with its files."""
    return queries.detail(an_edition())


def test_the_list_is_the_same_on_page_paper_and_in_the_table_overdue_first(app, published, prints):
    page = Browser(app).open(f"/reports/{published.row.id}")
    rows = reading.paper(pdf_of(published.row.id)).table(CAPTION)
    assert [row[:6] for row in rows] == [row[:6] for row in reading.table_of_page(page, CAPTION)]
    told = reading.table_of_csv(pages.tables(published.snapshot["figures"])["setbacks.csv"])
    assert [row[0] for row in told] == [row[0][: len("S-001")] for row in rows]
    assert [row[5] for row in rows] == ["4", "0"] == [row[10] for row in told]


def test_a_screen_reader_misses_nothing_and_few_people_stay_few(published, prints):
    paper = reading.paper(pdf_of(published.row.id))
    assert reading.problems(paper, title="Register of setbacks") == []
    assert paper.says("fewer than 5 people") and '"effect_people":3' not in published.text


def test_hostile_words_are_neither_markup_nor_a_formula(app, published):
    assert "<i onclick" not in sheet_of(app, published.row.id).document
    tables = pages.tables(published.snapshot["figures"])
    assert b"\n'=HYPERLINK" in tables["setbacks.csv"].replace(b'"', b"").replace(b",", b"\n")


def test_the_same_snapshot_gives_the_same_file(app, published, prints):
    assert making.rendered(published.row.id, "en", Form.READERS) == pdf_of(published.row.id)


def told_to_nobody(app):
    """What a stranger wrote is for the co-chairs: it stands in no register."""
    edition = queries.detail(register(Story().told().row.neighborhood_id, today()))
    assert SECRET not in edition.text and SECRET not in sheet_of(app, edition.row.id).document


def test_what_a_stranger_wrote_is_never_printed(app):
    told_to_nobody(app)


def test_the_test_above_would_notice(app, monkeypatch):
    def leaking(row, on):
        return plain(row, on) | {"description": setbacks.told(row.id)}

    plain = figures._setback
    monkeypatch.setattr(figures, "_setback", leaking)
    with pytest.raises(AssertionError):
        told_to_nobody(app)


def test_a_quarter_without_setbacks_says_so(app):
    edition = queries.detail(register(make.neighborhood().id, date(2026, 1, 1)))
    document = sheet_of(app, edition.row.id).document
    assert "No setback was open in this quarter." in document


def test_a_register_of_thousands_lists_all_and_tells_the_first_in_full(published):
    [row, _other] = published.snapshot["figures"]["setbacks"]
    many = {**published.snapshot["figures"], "setbacks": [{**row, "code": f"S-{n:04}"} for n in range(3000)]}
    given = pages.facts(many)
    assert len(given["report"].setbacks) == 3000 and len(given["in_full"]) == pages.MOST_IN_FULL
    assert pages.tables(many)["setbacks.csv"].count(b"\n") == 3001

"""R13: a quarter's promises are counted by their promised day, and page, paper and files say the same."""

import csv
import io
from datetime import date
from types import SimpleNamespace

import pytest

from app.core.access import Role
from app.core.errors import DomainError, NoStanding
from app.reports import queries
from app.reports.delivery import pages, words
from app.reports.delivery.figures import figures
from app.reports.delivery.rules import on_time
from app.reports.making import services as making
from app.reports.rules import Form, Line, Period, ReportKind, period_of, plain
from tests import make
from tests.browser import Browser
from tests.memory import remembered
from tests.reports import printing, reading
from tests.reports.money import year
from tests.reports.money.year import HOSTILE, YEAR

KIND = ReportKind.DELIVERY
FIRST, LAST = date(2025, 1, 1), date(2025, 3, 31)
QUARTER = Period(first_on=FIRST, last_on=LAST)


def publish(place_id, month=2, **more):
    with year.afterwards():
        return printing.publish(KIND, place_id, period=period_of(KIND, date(YEAR, month, 1)), **more)


@remembered
def delivery_edition():
    edition_id = publish(year.lived()[0])
    return edition_id, making.rendered(edition_id, "en", Form.READERS)


@pytest.fixture
def made(app):
    return delivery_edition()


@pytest.fixture
def edition(app, prints, made):
    edition_id, pdf = made
    return queries.detail(edition_id), year.read(pdf), Browser(app).open(f"/reports/{edition_id}")


def promised(baseline, actual=None):
    return SimpleNamespace(baseline_on=baseline, actual_on=actual)


@pytest.mark.parametrize(
    ("baseline", "actual", "expected"),
    [
        (FIRST, FIRST, (1, 1, 0, 0)),
        (LAST, LAST, (1, 1, 0, 0)),
        (LAST, date(2025, 4, 1), (1, 0, 1, 0)),
        (LAST, None, (1, 0, 0, 1)),
        (date(2024, 12, 31), FIRST, (0, 0, 0, 0)),
        (date(2025, 4, 1), FIRST, (0, 0, 0, 0)),
    ],
)
def test_a_milestone_counts_in_the_quarter_of_its_promised_day(baseline, actual, expected):
    kept = on_time([promised(baseline, actual)], QUARTER)
    assert (kept.due, kept.in_time, kept.late, kept.open) == expected
    assert kept.percent == (100 * kept.in_time // kept.due if kept.due else None)


@pytest.mark.parametrize(
    ("now", "before", "said"), [(2, 1, "better"), (1, 2, "worse"), (1, 1, "same"), (None, 1, "not"), (1, None, "not")]
)
def test_a_share_beside_the_one_before_is_said_in_a_word(app, now, before, said):
    assert said in words.compared(now, before, more_is_better=True)


def test_somebody_who_does_not_see_the_paper_misses_nothing(edition):
    _detail, paper, page = edition
    assert reading.problems(paper, title="Delivery, quarter 1") == []
    for table in paper.tables:
        assert table.rows == reading.table_of_page(page, table.caption), table.caption
    assert paper.pages <= 2


def test_its_files_are_its_tables_and_its_money_that_of_the_ledger(edition):
    detail, paper, _page = edition
    files = pages.tables(detail.snapshot["figures"])
    money = list(csv.DictReader(io.StringIO(files["money.csv"].decode())))
    within, after = money[0], money[1]
    assert (int(within["spent_cents"]), int(after["allocated_cents"])) == (4_300_00, 30_000_00)
    assert paper.says("$4,300") and paper.says("$30,000")
    rows = reading.table_of_csv(files["milestones.csv"])
    assert len(rows) == len(paper.table("Each milestone with its promised day")) == 2


def test_hostile_words_stay_words(edition):
    _detail, paper, page = edition
    assert paper.says(HOSTILE.split(" =")[0]) and not page.all("img", src="x")


def test_the_same_snapshot_gives_the_same_bytes(made, prints):
    edition_id, pdf = made
    assert making.rendered(edition_id, "en", Form.READERS) == pdf


def test_a_quarter_with_a_month_that_was_not_compared_is_called_unreconciled(app):
    place = year.lived()[0]
    with year.afterwards():
        of = [
            plain(figures(Line(kind=KIND, subject_id=place, period=period_of(KIND, date(YEAR, month, 1)))))
            for month in (2, 5)
        ]
    assert [each["months_open"] for each in of] == [False, True]


def test_a_quarter_that_is_not_over_or_had_no_project_is_not_reported(app):
    place = year.lived()[0]
    with year.clock.at(year.noon(3, 31)), pytest.raises(DomainError, match="not over"):
        printing.publish(KIND, place, period=QUARTER)
    with pytest.raises(DomainError, match="no project"):
        publish(make.neighborhood().id)


def test_only_a_clerk_publishes_it(app):
    with pytest.raises(NoStanding):
        publish(year.lived()[0], by=make.actor(Role.OFFICER))

"""R16: the certificate says on paper, on its page and in its files what the reconciliation says, to the cent."""

import csv
import dataclasses
import hashlib
import io
from datetime import date

import pikepdf
import pytest

from app.core.access import Role
from app.core.errors import DomainError, NoStanding, NotFound
from app.reports import queries
from app.reports.making import services as making
from app.reports.reconciliation import pages as certificates
from app.reports.rules import Form, Line, ReportKind, period_of, plain
from app.taskforces.spending.reconciliation import queries as reconciliation
from tests import make
from tests.browser import Browser
from tests.memory import remembered
from tests.reports import printing, reading
from tests.reports.money import year
from tests.reports.money.year import HOSTILE, YEAR

KIND = ReportKind.RECONCILIATION


def month(number: int):
    return period_of(KIND, date(YEAR, number, 1))


def publish(cycle_id, number=2, **more):
    with year.afterwards():
        return printing.publish(KIND, cycle_id, period=month(number), **more)


@remembered
def certificate_edition():
    edition_id = publish(year.lived()[1])
    printing.made(edition_id)
    return edition_id


@pytest.fixture
def published(app):
    return queries.detail(certificate_edition())


def frozen(cycle_id, number=2):
    with year.afterwards():
        return plain(certificates.figures(Line(kind=KIND, subject_id=cycle_id, period=month(number))))


def rows_of(snapshot, name):
    return list(csv.DictReader(io.StringIO(certificates.tables(snapshot)[name].decode())))


def cells_of(page):
    return {" ".join("".join(cell.itertext()).split()) for cell in [*page.all("td"), *page.all("th")]}


def test_paper_page_and_file_say_the_same_sums(app, published, prints):
    text = printing.text_of(printing.pdf_of(published.row.id))
    page = Browser(app).open(f"/reports/{published.row.id}")
    for row in rows_of(published.snapshot["figures"], "accounts.csv"):
        written = f"${int(row['cents']) // 100:,}".replace("$-", "-$")
        assert written in text and written in cells_of(page), row
    for said in ("$3,999", "books-2025-02.csv", "Booked in another month", "Reconciled"):
        assert said in text and said in page.text
    (tied,) = rows_of(published.snapshot["figures"], "months.csv")
    assert tied["file_hash"] in "".join(text.split()) and tied["file_hash"] in page.text


def test_opening_and_movements_make_the_closing_of_every_account(published):
    rows = rows_of(published.snapshot["figures"], "accounts.csv")
    for account in {row["account"] for row in rows}:
        cents = [int(row["cents"]) for row in rows if row["account"] == account]
        assert sum(cents[:-1]) == cents[-1]


def test_one_month_opens_where_the_one_before_closed(app):
    cycle_id = year.lived()[1]
    before, after = (frozen(cycle_id, number)["certificate"]["accounts"] for number in (4, 5))
    assert [each["closing_cents"] for each in before] == [each["opening_cents"] for each in after]


def test_hostile_words_stay_words_on_the_page_and_no_formula_in_the_file(app, published):
    page = Browser(app).open(f"/reports/{published.row.id}")
    assert HOSTILE.split(" &")[0] in page.text and not page.all("img", src="x")
    file = certificates.tables(published.snapshot["figures"])["differences.csv"].decode()
    assert "\n=" not in file and ",=" not in file


def test_its_headings_are_its_bookmarks_and_the_same_snapshot_gives_the_same_file(published, prints):
    pdf = printing.pdf_of(published.row.id)
    with pikepdf.open(io.BytesIO(pdf)) as file, file.open_outline() as outline:
        titles = [item.title for item in outline.root[0].children]
        assert [title.split(".")[0] for title in titles[:5]] == list("12345")
        assert len(file.pages) == 1
    assert reading.problems(reading.paper(pdf), title="Reconciliation certificate, February 2025") == []
    again = making.rendered(published.row.id, "en", Form.READERS)
    assert hashlib.sha256(again).digest() == hashlib.sha256(pdf).digest()


@pytest.mark.parametrize(("number", "why"), [(5, "Nobody has compared"), (4, None), (2, None)])
def test_a_month_with_a_payment_is_certified_only_once_it_is_compared(app, number, why):
    cycle_id = year.lived()[1]
    if why is None:
        assert publish(cycle_id, number)
    else:
        with pytest.raises(DomainError, match=why):
            publish(cycle_id, number)


def test_without_what_blocks_it_a_month_nobody_compared_would_be_certified(app, monkeypatch):
    """The twin: it is this check and nothing else that holds it off."""
    cycle_id = year.lived()[1]
    unchecked = dataclasses.replace(certificates.DOCUMENT, blocks=lambda line: ())
    monkeypatch.setitem(app.extensions["documents"], KIND, unchecked)
    assert publish(cycle_id, 5)


def test_a_month_that_was_entered_again_after_the_comparison_is_compared_again_first(app):
    _place, cycle_id, lamps, _bench = year.lived()
    with year.afterwards():
        year.pay_late(lamps, date(YEAR, 2, 20))
    with pytest.raises(DomainError, match="after it was compared"):
        publish(cycle_id)


def test_a_difference_nobody_explained_is_printed_as_that(app):
    cycle_id = year.lived()[1]
    with year.afterwards():
        year.compare(cycle_id, date(YEAR, 5, 1), f"{YEAR}-05-06,F-3,1.00\n")
    edition_id = publish(cycle_id, 5)
    page = Browser(app).open(f"/reports/{edition_id}").text
    assert "Unreconciled" in page and "Not explained yet" in page


def test_it_says_what_the_page_of_the_reconciliation_says(app):
    cycle_id = year.lived()[1]
    told = frozen(cycle_id)["certificate"]
    with year.afterwards():
        period = reconciliation.Period(first=date(YEAR, 2, 1), last=date(YEAR, 2, 28))
        found = reconciliation.figures(cycle_id, period, today=date(YEAR + 1, 2, 2))
    assert [each["closing_cents"] for each in told["accounts"]] == [each.closing_cents for each in found.statements]
    assert told["chain"]["head"] == found.chain.head and told["agrees"] is found.agrees is True


def test_only_a_clerk_certifies_and_only_what_has_a_ledger(app):
    with pytest.raises(NotFound):
        publish(make.cycle().id)
    with pytest.raises(NoStanding):
        publish(year.lived()[1], by=make.actor(Role.OFFICER))

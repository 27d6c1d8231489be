"""A year's shelf says what was published and what is owed; the feed tells it to whoever listens."""

from xml.etree import ElementTree as ET

import pytest

from app.core.access import Role
from app.reports import services
from app.reports.rules import ReportKind
from app.reports.shelves import queries
from app.reports.shelves.rules import About
from tests import make
from tests.reports import printing, sample

ATOM = {"a": "http://www.w3.org/2005/Atom"}
NOTE = "A sum was wrong in the table."


@pytest.fixture
def body(app):
    """A task force; progress reports can be published, without a press."""
    with sample.published_kinds(ReportKind.PROGRESS):
        yield make.task_force(constituted_on=sample.QUARTER.first_on)


def feed(browser, **args):
    return ET.fromstring(browser.client.get("/reports/feed.atom", query_string=args).data)


def test_a_shelf_holds_each_report_once_with_its_newest_edition(body, browser):
    sample.out(ReportKind.PROGRESS, body.id, period=sample.QUARTER)
    with sample.published_kinds(ReportKind.PROGRESS, figures=lambda line: {"said": "something else"}):
        newest = sample.out(ReportKind.PROGRESS, body.id, period=sample.QUARTER, note=NOTE)
        for shelf in (f"/reports/shelf/{body.neighborhood.slug}", f"/reports/task-forces/{body.slug}"):
            page = browser.open(f"{shelf}?year={sample.YEAR}")
            links = [a.get("href") for a in page.all("a") if (a.get("href") or "").startswith("/reports/")]
            assert f"/reports/{newest}" in links and page.text.count("R7-") == 1


def test_a_shelf_says_what_is_owed_of_its_year_and_not_of_another(body, browser):
    page = browser.open(f"/reports/task-forces/{body.slug}?year={sample.YEAR}")
    assert "Not published yet" in page.text and sample.called() in page.text and "overdue" in page.text
    assert sample.called() not in browser.open(f"/reports/task-forces/{body.slug}?year={sample.YEAR - 1}").text


def test_a_task_force_has_nothing_of_another_one_on_its_shelf(body, browser):
    other = make.task_force(where=body.neighborhood, constituted_on=sample.QUARTER.first_on)
    sample.out(ReportKind.PROGRESS, other.id, period=sample.QUARTER)
    page = browser.open(f"/reports/task-forces/{body.slug}?year={sample.YEAR}")
    assert other.name not in page.text
    assert other.name in browser.open(f"/reports/shelf/{body.neighborhood.slug}?year={sample.YEAR}").text


def test_everybody_reads_what_is_late_and_by_how_many_days(body, browser):
    page = browser.open("/reports/due")
    assert body.name in page.text and "days overdue" in page.text
    sample.out(ReportKind.PROGRESS, body.id, period=sample.QUARTER)
    assert sample.called() not in browser.open("/reports/due").text


def test_the_feed_tells_of_editions_with_their_files(body, browser):
    edition_id = sample.out(ReportKind.PROGRESS, body.id, period=sample.QUARTER, languages=("en", "es"))
    (entry,) = feed(browser, task_force=body.slug).findall("a:entry", ATOM)
    links = {(link.get("rel"), link.get("hreflang")): link.get("href") for link in entry.findall("a:link", ATOM)}
    assert links[("alternate", None)].endswith(f"/reports/{edition_id}")
    assert {language for rel, language in links if rel == "enclosure"} == {"en", "es"}
    assert feed(browser, task_force=make.task_force().slug).findall("a:entry", ATOM) == []


def test_the_feed_says_that_an_edition_was_withdrawn_and_why_and_gives_no_file(body, browser):
    edition_id = sample.out(ReportKind.PROGRESS, body.id, period=sample.QUARTER)
    services.withdraw(edition_id, "It told of another quarter.", by=make.actor(Role.CLERK))
    (entry,) = feed(browser).findall("a:entry", ATOM)
    assert entry.findtext("a:title", "", ATOM).startswith("Withdrawn")
    assert "another quarter" in entry.findtext("a:summary", "", ATOM)
    assert [link.get("rel") for link in entry.findall("a:link", ATOM)] == ["alternate"]


def test_hostile_words_stay_words_in_the_feed(body, browser):
    hostile = make.task_force(
        where=body.neighborhood, name='<script src="https://evil.example">]]>\x0b&', slug="hostile"
    )
    sample.out(ReportKind.PROGRESS, hostile.id, period=sample.QUARTER)
    answer = browser.client.get("/reports/feed.atom").data
    (entry,) = ET.fromstring(answer).findall("a:entry", ATOM)
    assert b"<script" not in answer and '<script src="https://evil.example">' in entry.findtext("a:title", "", ATOM)


def test_nothing_is_told_before_it_is_public(body, browser):
    printing.publish(ReportKind.PROGRESS, body.id, period=sample.QUARTER)
    assert feed(browser).findall("a:entry", ATOM) == []
    assert queries.shelf(About(task_force_id=body.id), sample.YEAR) == {}


def test_the_feed_costs_the_same_however_long_it_is(body, statements):
    counts, about = [], About(neighborhood_id=body.neighborhood_id)
    for _each in range(2):
        sample.out(ReportKind.PROGRESS, make.task_force(where=body.neighborhood).id, period=sample.QUARTER)
        statements.clear()
        queries.newest(about)
        counts.append(len(statements))
    assert counts == [4, 4]


def test_a_feed_goes_on_page_after_page_to_the_first_edition(body, browser, monkeypatch):
    monkeypatch.setattr(queries, "NEWEST", 1)
    for period in (sample.QUARTER, sample.LAST):
        sample.out(ReportKind.PROGRESS, body.id, period=period)
    first = feed(browser, task_force=body.slug)
    links = {link.get("rel"): link.get("href") for link in first.findall("a:link", ATOM)}
    assert links["next"] == links["last"] and "previous" not in links
    last = feed(browser, task_force=body.slug, page=2)
    told = [each.findtext("a:entry/a:id", "", ATOM) for each in (first, last)]
    assert len(set(told)) == 2 and first.findtext("a:id", "", ATOM) == last.findtext("a:id", "", ATOM)
    assert {link.get("rel"): link.get("href") for link in last.findall("a:link", ATOM)}["previous"] == links["self"]


def test_whoever_has_read_the_feed_as_it_stands_is_sent_nothing(body, browser):
    sample.out(ReportKind.PROGRESS, body.id, period=sample.QUARTER)
    mark = browser.client.get("/reports/feed.atom").headers["ETag"]
    assert browser.client.get("/reports/feed.atom", headers={"If-None-Match": mark}).status_code == 304


def test_a_shelf_that_is_full_says_where_the_others_are(body, browser, monkeypatch):
    sample.out(ReportKind.PROGRESS, body.id, period=sample.QUARTER)
    address = f"/reports/task-forces/{body.slug}?year={sample.YEAR}"
    assert "This shelf is full" not in browser.open(address).text
    monkeypatch.setattr(queries, "MOST", 1)
    assert browser.open(address).follow("The library has all of them").path.startswith("/reports/")


def test_the_library_finds_by_words_of_the_name_the_place_or_the_kind(body, browser):
    sample.out(ReportKind.PROGRESS, body.id, period=sample.QUARTER)
    page = browser.open("/reports/")
    assert "Error" not in page.one("title") and "Not a valid choice" not in page.text
    for said in ("progress", body.name.split()[0].lower(), "r7-"):
        assert body.name in page.press("Show", q=said).text
    assert "No report fits" in page.press("Show", q="minutes").text


def test_a_replaced_edition_is_marked_so_and_does_not_stand_again(body, browser):
    first = sample.out(ReportKind.PROGRESS, body.id, period=sample.QUARTER)
    with sample.published_kinds(ReportKind.PROGRESS, figures=lambda line: {"said": "something else"}):
        newest = sample.out(ReportKind.PROGRESS, body.id, period=sample.QUARTER, note=NOTE)
        assert browser.open("/reports/").text.count("Superseded") == 1
        assert "All editions of this report" in browser.open(f"/reports/{newest}").text
        services.withdraw(newest, "It told of another quarter.", by=make.actor(Role.CLERK))
        assert "does not stand either" in browser.open(f"/reports/{first}").text
        assert "No edition of this report stands" in browser.open(f"/reports/{newest}").text


def test_what_one_body_is_behind_with_is_one_row(body, browser):
    for _other in range(2):
        make.task_force(where=body.neighborhood, constituted_on=sample.LAST.first_on)
    page = browser.open("/reports/due")
    assert "2 are missing" in page.text and page.text.count(f"Progress report: {body.name}") == 1


def test_a_year_of_which_nothing_was_published_but_something_is_owed_can_be_opened(body, browser):
    page = browser.open(f"/reports/task-forces/{body.slug}?year=1999")
    assert "Nothing was published" in page.text and page.follow(str(sample.YEAR)).status == 200

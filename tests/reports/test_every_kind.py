"""Every kind of report with hostile words in each of its texts, and as large as none has been."""

import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import tinyhtml5

from app.core.moments import day
from app.core.printing import pdf, press
from app.reports.annual.pages import MOST_AGAIN
from app.reports.rules import Form, ReportKind
from tests.reports import growing, kinds, reading
from tests.sizes import size

SECRET = "/etc/hostname"
HOSTILE = (
    f'</p></td><script src="http://127.0.0.1:9/x.js"></script><img src="file://{SECRET}"> &'
    f'<link rel="stylesheet" href="http://127.0.0.1:9/x.css"><p style="background: url(file://{SECRET})">'
)
WORD_OF_OURS = re.compile(r"[a-z0-9_.:/-]*|[A-Z0-9-]+|[0-9T:.+-]+|https?://\S*")
FORBIDDEN = {"script", "link", "iframe", "object", "embed", "form", "base", "video", "audio"}
ROWS = size(commit=70, night=3000)
FILLED_IN = {"○", "……"}
"""What stands in the cells of a grid that somebody fills in by hand."""
LARGEST = sorted(ReportKind) if size(commit=False, night=True) else [ReportKind.SETBACKS]
FEWER = {ReportKind.BOOKLET: 300, ReportKind.ANNUAL: 1000}
"""Half a page is given to each project of a ballot, and several tables to those of a year."""
DOCUMENTS: dict[ReportKind, str] = {}


def hostile(value: Any) -> Any:
    """Every text that somebody may have written, with the hostile markup behind it; words of ours stay as they are."""
    if isinstance(value, Mapping):
        return {name: hostile(each) for name, each in value.items()}
    if isinstance(value, list):
        return [hostile(each) for each in value]
    return value if not isinstance(value, str) or WORD_OF_OURS.fullmatch(value) else f"{value} {HOSTILE}"


def attacked(edition):
    title, snapshot = f"{edition.row.title} {HOSTILE}", dict(edition.snapshot)
    for name in ("figures", "subject", "neighborhood", "note", "signatures"):
        snapshot[name] = hostile(snapshot[name])
    return replace(edition, snapshot=snapshot, row=replace(edition.row, title=title))


def document_of(app, kind: ReportKind) -> str:
    """The HTML of a report of that kind, attacked; made once."""
    if kind not in DOCUMENTS:
        DOCUMENTS[kind] = kinds.sheet_of(app, kind, attacked).document
    return DOCUMENTS[kind]


@pytest.mark.parametrize("kind", ReportKind)
def test_hostile_words_stay_words(app, kind):
    page = tinyhtml5.parse(document_of(app, kind), namespace_html_elements=False)
    assert f'src="file://{SECRET}"' in "".join(page.itertext())
    assert not [each.tag for each in page.iter() if each.tag in FORBIDDEN]
    asked = [value for each in page.iter() for name, value in each.items() if name in ("src", "data", "poster")]
    assert all(address.startswith("asset:") for address in asked)
    assert not [name for each in page.iter() for name in each.keys() if name.startswith("on")]
    assert not [each.get("style") for each in page.iter() if "url(" in each.get("style", "")]


@pytest.mark.parametrize("kind", ReportKind)
def test_every_wide_table_stands_as_sheets_where_there_is_no_room_but_grids_to_fill_in(app, kind):
    page = tinyhtml5.parse(document_of(app, kind), namespace_html_elements=False)
    for table in page.iter("table"):
        rows = [list(row) for row in table.iter("tr")]
        cells = [cell for row in rows[1:] for cell in row if cell.tag == "td"]
        if "ll-table--stack" in table.get("class"):
            heads = {" ".join("".join(head.itertext()).split()) for head in rows[0]}
            assert {" ".join(cell.get("data-label").split()) for cell in cells} <= heads
        else:
            assert len(rows[0]) < 3 or any("".join(cell.itertext()).strip() in FILLED_IN for cell in cells)


def reached(act) -> list[str]:
    """Which files outside of our own and which addresses a process of its own asks for while it does `act`."""
    pdf._library()  # loading it starts programs that look for other libraries
    hears, says = os.pipe()
    child = os.fork()
    if child == 0:
        sys.addaudithook(lambda event, given: _note(event, given, says))
        with suppress(BaseException):
            act()
        os._exit(0)
    os.close(says)
    os.waitpid(child, 0)
    with os.fdopen(hears) as said:
        return said.read().splitlines()


def _note(event: str, given: tuple[Any, ...], says: int) -> None:
    is_foreign = event == "open" and str(given[0]) == SECRET
    if is_foreign or event.startswith(("socket.connect", "socket.getaddrinfo", "subprocess.", "os.exec", "os.system")):
        os.write(says, f"{event} {given[0] if is_foreign else ''}\n".encode())


def all_of_them(app) -> str:
    """The reports of every kind, one after another in one document."""
    bodies = [re.split(r"<body[^>]*>|</body>", document_of(app, kind))[1] for kind in ReportKind]
    return f"<!doctype html><html lang='en'><title>All</title><body>{''.join(bodies)}</body></html>"


def test_no_request_leaves_and_no_file_is_read_while_all_of_them_are_printed(app):
    made = kinds.sheet_of(app, ReportKind.ONE_PAGER, lambda edition: edition).made
    made = made | kinds.sheet_of(app, ReportKind.PROGRESS, lambda edition: edition).made
    sheet, done = pdf.Sheet(document=all_of_them(app), made=made), Path(app.config["DATA_DIR"], "done")
    assert reached(lambda: done.write_bytes(pdf.rendered(sheet))) == []
    assert done.read_bytes().startswith(b"%PDF")


def test_the_twin_whose_words_are_markup_is_refused_by_the_press(app):
    sheet = pdf.Sheet(document=unescape(document_of(app, ReportKind.SETBACKS)))
    assert reached(lambda: pdf.rendered(sheet)) == []
    with pytest.raises(pdf.ForeignAddress):
        pdf.rendered(sheet)


def test_the_twin_with_the_library_s_own_way_to_files_reads_one(app, monkeypatch):
    monkeypatch.setattr(pdf, "_fetcher", lambda library, made: library.urls.URLFetcher(timeout=1))
    asked = reached(lambda: pdf.rendered(pdf.Sheet(document=unescape(document_of(app, ReportKind.SETBACKS)))))
    assert any(SECRET in each for each in asked) and any("socket" in each for each in asked)


def at_night(value: Any) -> Any:
    """Every moment half an hour before midnight in UTC, told to people for whom that is past noon on the day after."""
    if isinstance(value, list):
        return [at_night(each) for each in value]
    if not isinstance(value, Mapping):
        return value
    told = {"time_zone": "Pacific/Kiritimati"} if "time_zone" in value else {}
    told |= {name: "2031-03-10T23:30:00+00:00" for name, each in value.items() if name.endswith("_at") and each}
    return {name: told.get(name) or at_night(each) for name, each in value.items()}


def told_at_night(app, kind: ReportKind) -> str:
    """What the paper of a kind says when all that is told of happened at night."""
    return kinds.sheet_of(app, kind, lambda edition: replace(edition, snapshot=at_night(edition.snapshot))).document


@pytest.mark.parametrize("kind", ReportKind)
def test_every_day_on_paper_is_that_of_the_neighborhood(app, kind):
    document = told_at_night(app, kind)
    assert "Mar 11, 2031" in document and not re.search(r"Mar(ch)? 10, 2031", document)


def test_the_twin_that_tells_days_of_no_place_is_found(app, monkeypatch):
    monkeypatch.setitem(app.jinja_env.filters, "local_day", lambda at, _zone, form="long": day(at.date(), form))
    assert re.search(r"Mar(ch)? 10, 2031", told_at_night(app, ReportKind.LETTER))


@pytest.mark.parametrize("title", [growing.TITLE, growing.UNBROKEN])
@pytest.mark.parametrize("kind", ReportKind)
def test_a_title_of_400_letters_stands_in_it_whole(app, kind, title):
    sheet = kinds.sheet_of(app, kind, lambda edition: growing.grown(edition, 2, title=title))
    assert title in unescape(sheet.document)


@pytest.mark.parametrize(
    ("form", "title", "scope"), [(Form.READERS, growing.TITLE, ""), (Form.LARGE, "", "So many words. " * 40)]
)
def test_a_title_of_400_letters_or_a_promise_of_600_beside_a_picture_stays_on_one_side(app, form, title, scope):
    def long(edition):
        told = edition.snapshot["figures"]["project"]
        told |= {"title": title or told["title"], "scope": scope or told["scope"]}
        return edition

    sheet = kinds.sheet_of(app, ReportKind.ONE_PAGER, long, form)
    paper = reading.paper(pdf.rendered(sheet))
    assert paper.pages == 1 and paper.says(title or scope.strip())


@pytest.mark.slow
@pytest.mark.soak
@pytest.mark.parametrize("kind", LARGEST)
def test_so_many_rows_are_printed_within_the_limits_of_the_press(app, kind, prints):
    sheet = kinds.sheet_of(app, kind, lambda edition: growing.grown(edition, min(ROWS, FEWER.get(kind, ROWS))))
    assert press.printed(sheet).startswith(b"%PDF")


def test_tables_of_a_year_that_tell_again_of_the_same_projects_are_short(app):
    many = MOST_AGAIN + 5
    sheet = kinds.sheet_of(app, ReportKind.ANNUAL, lambda edition: growing.grown(edition, many))
    assert f"The first {MOST_AGAIN} of {many} stand here" in sheet.document
    assert sheet.document.count(f"{many - 1:04} ") == 1

"""R10: notice as a poster, agenda and papers in one pack, the same on the page, in the PDF and as tables."""

from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest

from app.core import jobs
from app.core.errors import DomainError
from app.core.printing.pdf import Sheet, rendered
from app.reports import queries
from app.reports.agenda import figures, pages
from app.reports.rules import EditionStage, Line, ReportKind
from app.taskforces.meetings import services as meetings
from app.taskforces.meetings.items import services as items
from app.taskforces.meetings.papers import services as papers
from app.taskforces.meetings.rules import MeetingStage
from tests import make
from tests.browser import Browser
from tests.reports import reading, sittings
from tests.taskforces.meetings import gathering

ITEMS, PAPERS = "Items in their order", "Papers"
PAPER = """<html lang="en"><title>Offers</title><style>@page b { size: A4 landscape } .b { page: b }</style>
<body><h1>Offer of the lamp works</h1><p>Six lamps.</p><div class="b">The second page lies on its side.</div>"""


def announced(body):
    """A meeting with two items and two papers, of which one says something on two pages."""
    meeting = gathering.meeting(
        body.row,
        place="Mill Lane Library, room 2",
        online_link="https://meet.example.org/june",
        childcare="Two people look after children from three years on in room 1.",
    )
    item = gathering.an_item(title="The bridge", about=sittings.HOSTILE, motion="To buy the second offer.")
    items.add(meeting.id, item, by=body.ada)
    add(meeting, body, rendered(Sheet(document=PAPER)), "Two offers")
    add(meeting, body, rendered(Sheet(document="<title>Map</title><p>A map of the bridge.</p>")), "The map")
    return meeting


def add(meeting, body, content, title):
    command = papers.AddPaper(title=title, file=BytesIO(content))
    return papers.add(gathering.item(meeting), command, key=f"paper {title}", by=body.ada)


def edition_of(app) -> int:
    """The id of an edition with its files."""
    edition_id = sittings.agenda_of(announced(gathering.body()).id)
    jobs.run_waiting()
    return edition_id


@pytest.fixture
def published(app, prints):
    """A notice and agenda as it is published, read back."""
    return sittings.read_back("agenda", app, edition_of)


def test_page_paper_and_tables_tell_the_same(published):
    files = pages.tables(published.figures)
    for caption, name in ((ITEMS, "agenda"), (PAPERS, "papers")):
        rows = published.paper.table(caption)
        assert rows == reading.table_of_page(published.page, caption)
        assert len(rows) == len(reading.table_of_csv(files[f"{name}.csv"])) + 1
    minutes = [int(row[5]) for row in reading.table_of_csv(files["agenda.csv"])]
    assert published.paper.table(ITEMS)[-1][-1] == str(sum(minutes)) == "40"
    assert published.paper.table(PAPERS)[-1][2] == "3"


def test_what_is_offered_for_children_is_on_the_notice_and_a_draft_motion_on_no_public_paper(published):
    assert published.paper.says("For people with children") and published.paper.says("from three years on")
    assert "room 1" in published.page.text
    assert "second offer" not in published.page.text + str(published.figures) and not published.paper.says("offer.")


def test_the_draft_of_a_motion_is_in_the_chairs_copy(app):
    body = gathering.body()
    meeting = announced(body)
    chair = Browser(app).sign_in(make.account(body.ada))
    assert "To buy the second offer." in chair.client.get(f"/meetings/{meeting.id}/chairs-copy.pdf").text
    assert "To buy the second offer." in chair.open(f"/meetings/{meeting.id}/chairs-copy").text
    assert "second offer" not in Browser(app).open(f"/meetings/{meeting.id}").text


def test_a_screen_reader_misses_nothing_but_what_strangers_made(published):
    assert reading.problems(published.paper, title="Notice and agenda: June meeting") == [
        "not marked as tagged, titled and to UA"
    ]
    assert published.paper.is_tagged and published.paper.shows_title and published.paper.standard == ""
    alternatives = [part.alt for part in published.paper.root.all("Figure")]
    assert any(alt.startswith("Page 2 of 2 of paper 1 as it was handed in.") for alt in alternatives)


def test_the_papers_are_bound_in_with_bookmarks_and_page_numbers_that_go_on(published):
    assert [name for _level, name in published.paper.bookmarks][-2:] == ["Paper 1: Two offers", "Paper 2: The map"]
    last = published.paper.pages
    for words in ("Six lamps.", "The second page lies on its side.", "A map of the bridge.", f"{last} / {last}"):
        assert reading.bare(words) in reading.bare(published.paper.text), words


def test_hostile_words_stay_words(published):
    assert published.paper.says(sittings.HOSTILE) and "<i onclick" not in published.document + published.page.html


def test_the_same_snapshot_and_papers_give_the_same_file(published):
    assert published.again == published.pdf


def notes_are_nowhere(text, document):
    """The internal notes on items are for those who lead the meeting."""
    assert sittings.SECRET not in text and "Fuse." not in text + document and sittings.SECRET not in document


def test_the_notes_for_chairs_are_never_printed(published):
    notes_are_nowhere(published.text, published.document)


def test_the_test_above_would_notice(app, fast, monkeypatch):
    plain = figures.items.items
    monkeypatch.setattr(figures.items, "items", lambda id_: plain(id_, notes=True))
    monkeypatch.setattr(figures, "_item", lambda each, numbers: {"about": each.item.note})
    found = figures.figures(Line(kind=ReportKind.AGENDA, subject_id=gathering.meeting(fast.row).id))
    with pytest.raises(AssertionError):
        notes_are_nowhere(str(found), "")


@pytest.fixture
def fast(app, monkeypatch):
    """A task force, where no papers are bound in."""
    monkeypatch.setattr("app.reports.making.services._bound", lambda content, annexes: content)
    return gathering.body()


def test_nobody_prints_the_notice_of_a_meeting_that_is_being_prepared(fast):
    meeting = gathering.meeting(fast.row, MeetingStage.DRAFT)
    with pytest.raises(DomainError, match="not announced yet"):
        sittings.agenda_of(meeting.id)
    with pytest.raises(DomainError, match="not announced yet"):
        figures.figures(Line(kind=ReportKind.AGENDA, subject_id=meeting.id))


def test_a_corrected_agenda_is_a_new_edition_that_says_so(app, fast):
    meeting = gathering.noticed(fast)
    first = sittings.agenda_of(meeting.id)
    jobs.run_waiting()
    items.add(meeting.id, gathering.an_item(title="The bridge"), by=fast.ada)
    second = sittings.agenda_of(meeting.id, note="The bridge is a second item.")
    jobs.run_waiting()
    assert "Corrected agenda." not in sittings.document_of(app, first)
    said = sittings.document_of(app, second)
    assert "Corrected agenda." in said and "The bridge is a second item." in said
    assert queries.detail(first).newest == 2


def test_a_meeting_that_is_called_off_gets_a_poster_that_says_so(app, fast):
    meeting = gathering.noticed(fast)
    meetings.cancel(meeting.id, "The hall is flooded.", by=fast.ada)
    said = sittings.document_of(app, sittings.agenda_of(meeting.id))
    assert "Called off." in said and "The hall is flooded." in said and "notice__when" not in said


@pytest.mark.parametrize(
    ("more", "long"), [({}, False), ({"title": "June " * 20}, True), ({"access": "Ramp. " * 50}, True)]
)
def test_a_poster_with_much_to_say_has_smaller_letters(app, fast, more, long):
    meeting = gathering.meeting(fast.row, **more)
    assert ("notice--long" in sittings.document_of(app, sittings.agenda_of(meeting.id))) is long


def test_papers_too_heavy_for_one_pack_block_it(fast, monkeypatch):
    meeting = announced(fast)
    monkeypatch.setattr(pages, "MOST_PAGES", 2)
    with pytest.raises(DomainError, match="Take some away"):
        sittings.agenda_of(meeting.id)


def test_an_edition_whose_paper_is_gone_says_so_and_can_be_given_up(app, fast):
    meeting = gathering.noticed(fast)
    paper_id = add(meeting, fast, rendered(Sheet(document="<title>Map</title><p>A map.</p>")), "The map")
    edition_id = sittings.agenda_of(meeting.id)
    papers.take_away(paper_id, by=fast.ada)
    jobs.run_waiting()
    row = queries.detail(edition_id).row
    assert (row.stage, row.fault) == (EditionStage.FAILED, "picture")


def test_the_archive_copy_carries_the_papers_as_files(published):
    kept = {f"paper-{row['number']}.pdf": row["sha256"] for row in published.figures["papers"]}
    with pikepdf.open(BytesIO(published.archive)) as file:
        carried = {name: file.attachments[name].get_file().read_bytes() for name in kept}
    assert {name: sha256(content).hexdigest() for name, content in carried.items()} == kept

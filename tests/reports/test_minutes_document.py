"""R11: what came of a meeting, the same on the page, in the PDF and in its tables; approval makes a new edition."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from app.core import jobs
from app.core.errors import DomainError
from app.reports import queries
from app.reports.minutes import figures, pages, rules
from app.reports.rules import Line, ReportKind
from app.taskforces.meetings.minutes.queries import newest
from app.taskforces.meetings.outcomes import queries as outcomes
from app.taskforces.meetings.rules import MeetingStage
from tests.reports import reading, sittings
from tests.taskforces.meetings import gathering

DECISIONS, ACTIONS = "Decisions with the votes of each side", "Actions agreed at this meeting"
CARRIED = "Actions carried over from earlier meetings"
SAME = (DECISIONS, ACTIONS, CARRIED, "Seats and who was there", "Votes that were there", "Drafts of the minutes")


def edition_of(app) -> int:
    """The id of an edition of approved minutes, with its files."""
    body = gathering.body()
    sittings.interested(body)
    edition_id = sittings.minutes_of(sittings.approved(body).id)
    jobs.run_waiting()
    return edition_id


@pytest.fixture
def published(app, prints):
    """Approved minutes as they are published, read back."""
    return sittings.read_back("minutes", app, edition_of)


def test_page_paper_and_tables_tell_the_same(published):
    paper, files = published.paper, pages.tables(published.figures)
    for caption in SAME:
        assert paper.table(caption) == reading.table_of_page(published.page, caption), caption
    for caption, name, column in ((DECISIONS, "decisions", 1), (ACTIONS, "actions", 1), (CARRIED, "carried-over", 1)):
        rows = reading.table_of_csv(files[f"{name}.csv"])
        assert [row[0] for row in paper.table(caption)] == [row[column] for row in rows], caption
    votes = [row[4:10] for row in reading.table_of_csv(files["decisions.csv"])]
    told = ["{}for,{}against,{}abstained{}for,{}against,{}abstained".format(*row) for row in votes]
    assert told == ["".join(row[2:4]) for row in paper.table(DECISIONS)] and votes[1] == list("100010")


def test_a_screen_reader_misses_nothing(published):
    assert reading.problems(published.paper, title="Minutes of TF-") == []
    assert published.paper.says("My brother works there")


def test_the_paper_says_how_it_was_approved_and_what_was_changed(published):
    for words in ("By a decision of TF-", "It was seven lamps", "[six]", "{seven}", "We buy seven lamps."):
        assert published.paper.says(words), words


def test_the_young_stand_with_their_first_name_and_notes_for_chairs_nowhere(published):
    assert published.paper.says("Noor") and sittings.SECRET not in published.text
    assert not published.paper.says(sittings.SECRET)


def test_only_the_lines_that_were_changed_are_listed():
    pieces = [SimpleNamespace(kind=kind, text=text) for kind, text in (("same", "a\nb "), ("taken_out", "c\nd"))]
    told = [[(piece.kind, piece.text) for piece in line] for line in rules.changed_lines(pieces)]
    assert told == [[("same", "b "), ("taken_out", "c")], [("taken_out", "d")]]


def test_hostile_words_stay_words(published):
    assert published.paper.says(sittings.HOSTILE) and "<i onclick" not in published.document + published.page.html


def test_the_same_snapshot_gives_the_same_file(published):
    assert published.again == published.pdf


@pytest.fixture
def fast(app):
    """A task force."""
    return gathering.body()


def test_approved_minutes_are_a_new_edition_with_what_has_changed(app, fast):
    meeting = sittings.drafted(fast)
    first = sittings.minutes_of(meeting.id)
    jobs.run_waiting()
    assert "Nobody has approved this text yet" in sittings.document_of(app, first)
    with pytest.raises(DomainError, match="already published"):
        sittings.minutes_of(meeting.id, note="Nothing is new at all.")
    sittings.approve(meeting, fast)
    second = sittings.minutes_of(meeting.id, note="The next meeting has approved them.")
    said = sittings.document_of(app, second)
    assert "not approved yet" not in said and "What was changed in the text" in said
    assert queries.detail(second).row.code.endswith("-e2")


@pytest.mark.parametrize(
    "stage", [MeetingStage.DRAFT, MeetingStage.NOTICED, MeetingStage.IN_SESSION, MeetingStage.HELD]
)
def test_there_are_no_minutes_before_their_first_draft(fast, stage):
    meeting = gathering.meeting(fast.row, stage)
    with pytest.raises(DomainError, match="not drafted yet"):
        sittings.minutes_of(meeting.id)
    with pytest.raises(DomainError, match="not drafted yet"):
        figures.figures(Line(kind=ReportKind.MINUTES, subject_id=meeting.id))


def test_an_assembly_without_outcomes_says_so(app, fast):
    row = gathering.meeting(fast.row, MeetingStage.MINUTES_DRAFT, quorum_needed=0, kind="assembly")
    said = sittings.document_of(app, sittings.minutes_of(row.id))
    for words in ("needs no quorum", "Nothing was decided", "Nothing was written down", "No question was put"):
        assert words in said


def test_what_was_carried_over_is_that_of_its_day_whenever_one_asks(fast):
    meeting = sittings.held(fast)
    on = gathering.facts(meeting.id).day
    before = outcomes.open_after(fast.row.id, on, but=meeting.id)
    assert [row.text for row in before] == ["Measure the light"]
    with gathering.on(on + timedelta(days=3)):
        sittings.outcomes.end_action(before[0].outcome_id, outcomes.ActionState.DONE, "Measured in May.", by=fast.ada)
    assert [row.text for row in outcomes.open_after(fast.row.id, on, but=meeting.id)] == ["Measure the light"]


def note_for_chairs_is_nowhere(app, body):
    """The internal notes on items are for those who lead the meeting."""
    edition = queries.detail(sittings.minutes_of(sittings.drafted(body).id))
    assert sittings.SECRET not in edition.text and sittings.SECRET not in sittings.document_of(app, edition.row.id)


def test_the_internal_notes_are_never_printed(app, fast):
    note_for_chairs_is_nowhere(app, fast)


def test_the_test_above_would_notice(app, fast, monkeypatch):
    leaking = figures.items
    monkeypatch.setattr(figures, "items", lambda id_: leaking(id_, notes=True))
    plain = figures._item
    monkeypatch.setattr(figures, "_item", lambda item, *more: plain(item, *more) | {"about": item.note})
    with pytest.raises(AssertionError):
        note_for_chairs_is_nowhere(app, fast)


def test_the_text_is_the_one_that_was_signed(fast):
    meeting = sittings.drafted(fast)
    edition = queries.detail(sittings.minutes_of(meeting.id))
    assert edition.snapshot["figures"]["text"]["digest"] == newest(meeting.id).digest

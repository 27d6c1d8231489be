"""Papers stand beside an item, made anew from what was sent; what is taken away is gone from the disk."""

from io import BytesIO

import pytest

from app.core import files
from app.taskforces.meetings.items import services as items
from app.taskforces.meetings.papers import queries, services
from app.taskforces.meetings.papers.services import AddPaper
from app.taskforces.meetings.rules import MeetingStage
from tests import make, sent
from tests.browser import Browser
from tests.taskforces.meetings import gathering
from tests.taskforces.meetings.gathering import refusal

S = MeetingStage


def add(meeting, body, content=None, by=None):
    command = AddPaper(title="Two offers", file=BytesIO(content or sent.paper()))
    return services.add(gathering.item(meeting), command, key=f"paper {next(make.numbers)}", by=by or body.ada)


def test_a_paper_is_public_with_its_meeting_and_a_new_edition_after_the_notice(app):
    body = gathering.body()
    draft, noticed = (gathering.meeting(body.row, stage) for stage in (S.DRAFT, S.NOTICED))
    hidden, shown = add(draft, body), add(noticed, body)
    assert (draft.agenda_edition, noticed.agenda_edition) == (0, 2)
    statuses = [Browser(app).client.get(f"/meetings/papers/{id_}/paper.pdf").status_code for id_ in (hidden, shown)]
    assert statuses == [404, 200]
    assert queries.served(hidden, body.ben).content.startswith(b"%PDF-")
    page = Browser(app).open(f"/meetings/{noticed.id}")
    assert "Two offers (PDF, 1 page," in page.text and "Take away" not in page.text


def test_a_paper_is_refused_at_its_field_and_its_title_stays(app):
    body = gathering.body()
    meeting = gathering.meeting(body.row)
    shown = Browser(app).sign_in(make.account(body.ada)).open(f"/meetings/{meeting.id}")
    page = shown.follow("Add a paper: Lamps on Mill Lane")
    told = page.press("Add it", title="Two offers", file=(BytesIO(b"MZ, a program"), "offers.pdf"))
    assert "This is no PDF." in told.text and told.all("input", value="Two offers")
    assert "The PDF is added." in told.press("Add it", file=(BytesIO(sent.paper()), "offers.pdf")).text


def test_what_is_taken_away_is_gone_with_its_file(app):
    body = gathering.body()
    meeting = gathering.meeting(body.row)
    paper = add(meeting, body)
    items.add(meeting.id, gathering.an_item(), by=body.ada)
    assert refusal(lambda: items.take_off(gathering.item(meeting), by=body.ada))[0] == "has_papers"
    digest = services.db.session.get(services.MeetingPaper, paper).digest
    services.take_away(paper, by=body.ada)
    with pytest.raises(files.MissingFile):
        files.load(digest)
    assert queries.papers(meeting.id) == {} and files.drafts(services.ROOM) == []


def test_a_file_whose_row_never_came_is_cleared_and_one_that_stands_is_kept(app, monkeypatch):
    body = gathering.body()
    meeting = gathering.meeting(body.row)
    kept = add(meeting, body)
    with monkeypatch.context() as fault:
        fault.setattr(files, "settle", lambda *_, **__: None)
        fault.setattr(services, "_kept", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            add(meeting, body)
    assert len(files.drafts(services.ROOM)) == 1
    services.clear_left()
    assert files.drafts(services.ROOM) == [] and queries.served(kept, None).is_public


def test_papers_are_added_while_a_meeting_is_prepared_by_those_who_prepare_it(app):
    body = gathering.body()
    later = gathering.meeting(body.row, S.HELD)
    assert refusal(lambda: add(later, body))[0] == "not_now"
    stranger = make.resident(body.row.neighborhood)
    assert refusal(lambda: add(gathering.meeting(body.row), body, by=stranger))[0] == "no_standing"

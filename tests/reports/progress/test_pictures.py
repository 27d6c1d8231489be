"""Pictures of updates in a progress report: with their words, never before they are public, gone for good."""

from io import BytesIO

import pytest

from app.core import files
from app.core.clock import today
from app.core.db import db
from app.reports.progress import figures, pages
from app.reports.progress.promises.rules import quarter_of
from app.reports.progress.works import queries as works
from app.reports.rules import Line, ReportKind, plain
from app.taskforces.seats.rules import SeatKind
from app.taskforces.updates.drafts import services as drafts
from app.taskforces.updates.drafts.models import UpdateDraft
from app.taskforces.updates.drafts.services import SaveDraft
from app.taskforces.updates.pictures import services as pictures
from app.taskforces.updates.pictures.rules import People
from app.taskforces.updates.pictures.services import AddPicture
from tests import make, sent
from tests.browser import Browser
from tests.reports import printing, reading

WORDS = "Two of the six lamps, lit at dusk."
SAID = SaveDraft(what_changed="The poles are up.", why="The crane came at last.", what_next="Lamps come next.")


class Room:
    """A project whose task force has hung three pictures on an update that waits for its co-chair."""

    def __init__(self):
        self.body = make.task_force()
        self.project = make.project(body=self.body)
        member, self.chair = make.seated(self.body, SeatKind.MEMBER), make.co_chair(self.body)
        self.draft = drafts.begin(self.project.id, SAID, by=member).id
        self.hung = [self._hang(f"{WORDS} ({number})", member) for number in range(3)]
        drafts.hand_in(self.draft, by=member)

    def _hang(self, words, by):
        command = AddPicture(file=BytesIO(sent.photo()), words=words, people=People.NOBODY)
        return pictures.add(self.draft, command, key=f"form {next(make.numbers)}", by=by)

    def publish(self):
        drafts.publish(self.draft, edition=db.session.get(UpdateDraft, self.draft).edition, by=self.chair)
        return self

    @property
    def line(self):
        return Line(kind=ReportKind.PROGRESS, subject_id=self.body.id, period=quarter_of(today()))

    def shown(self):
        """What the report would freeze of pictures."""
        return plain(figures.figures(self.line))["projects"][0]["pictures"]


def test_two_pictures_stand_in_the_report_with_their_words(app, prints):
    room = Room().publish()
    edition_id = printing.publish(ReportKind.PROGRESS, room.body.id, period=room.line.period)
    edition = printing.made(edition_id)
    paper = reading.paper(printing.pdf_of(edition_id, form=edition.files[0].form))
    shown = [part.alt for part in paper.root.all("Figure") if part.alt and part.alt.startswith(WORDS)]
    assert len(shown) == works.MOST_PICTURES and reading.problems(paper, title="Progress report") == []
    page = Browser(app).open(f"/reports/{edition_id}")
    images = [each for each in page.all("img") if each.get("alt", "").startswith(WORDS)]
    assert len(images) == works.MOST_PICTURES
    assert Browser(app).client.get(images[0].get("src")).content_type == "image/jpeg"


def test_a_picture_that_is_not_public_yet_is_in_no_report(app):
    assert Room().shown() == []


def test_a_picture_that_is_taken_down_is_in_no_later_report_and_an_earlier_one_says_so(app):
    room = Room().publish()
    before = plain(figures.figures(room.line))
    assert len(pages.shown_pictures(before)) == works.MOST_PICTURES
    pictures.take_down(before["projects"][0]["pictures"][0]["id"], "Somebody in it no longer agrees.", by=room.chair)
    assert before["projects"][0]["pictures"][0] not in room.shown()
    with pytest.raises(files.MissingFile):
        pages.shown_pictures(before)

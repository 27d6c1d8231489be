"""What the sheets about one project share: its vote, its steps, and its pictures before and after."""

from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from app.core.clock import today
from app.core.db import db, transaction
from app.reports import queries
from app.reports.works import figures, words
from app.taskforces.projects.models import Project
from app.taskforces.projects.rules import ProjectStage
from app.taskforces.updates.drafts import services as drafts
from app.taskforces.updates.drafts.services import SaveDraft
from app.taskforces.updates.pictures import services as taken
from app.taskforces.updates.stories import services as stories
from app.taskforces.updates.stories.services import TellStory
from tests import make
from tests.reports.sheets import one_pager, sheet_of
from tests.taskforces.updates import test_pictures as pictures
from tests.voting.results import board

DAY = SimpleNamespace(opened_on=today(), finish_on=today(), rested_from=None)
VOTE = {"round": 3, "place": 2, "funded": 6, "options": 10}
STORY = {"title": "Light on the lane", "before": "It was dark.", "after": "Six lamps burn.", "who": "All."}


@pytest.mark.parametrize(
    ("stage", "rested_from", "told"),
    [
        ("funded", None, "done ahead ahead ahead ahead"),
        ("mobilising", None, "done current ahead ahead ahead"),
        ("planning", None, "done current ahead ahead ahead"),
        ("procurement", None, "done done current ahead ahead"),
        ("delivery", None, "done done done current ahead"),
        ("handover", None, "done done done current ahead"),
        ("paused", "procurement", "done done current ahead ahead"),
        ("completed", None, "done done done done done"),
        ("evaluated", None, "done done done done done"),
        ("cancelled", None, "ahead ahead ahead ahead ahead"),
    ],
)
def test_each_stage_stands_on_one_of_five_steps(app, stage, rested_from, told):
    of = SimpleNamespace(**{**vars(DAY), "stage": stage, "rested_from": rested_from})
    with app.test_request_context():
        assert [step["stage"] for step in words.steps(of)] == told.split()


@pytest.mark.parametrize(
    ("ranked", "ballots", "says", "is_silent_on"),
    [(190, 240, "190 of 240 ballots", ""), (None, 240, "chose this project", "240"), (None, None, "chose", "ranked")],
)
def test_too_few_ballots_are_not_told_as_a_number(app, ranked, ballots, says, is_silent_on):
    with app.test_request_context():
        said = " ".join(words.chosen(SimpleNamespace(ranked=ranked, ballots=ballots, **VOTE), 2026))
    assert says in said and "round 3" in said and "number 2 of 6" in said
    assert not is_silent_on or is_silent_on not in said


def test_the_vote_of_a_project_is_read_from_the_certified_result(app):
    result = board.certified()
    [project_id, *_] = db.session.scalars(sa.select(Project.id).order_by(Project.number))
    vote = queries.detail(one_pager(project_id, by=board.clerk(result.vote.cycle_id))).snapshot["figures"]["vote"]
    assert vote["place"] and vote["funded"] == len(db.session.scalars(sa.select(Project.id)).all())
    assert vote["ranked"] is None or vote["ranked"] >= figures.SMALLEST_SHOWN


def completed():
    """A completed project, its co-chair, and two public pictures of it."""
    body = make.task_force()
    project, chair = make.project(body=body), make.co_chair(body)
    draft_id = drafts.begin(project.id, SaveDraft(**pictures.TOLD), by=chair).id
    shown = [pictures.hang(draft_id, chair, words=f"The lane {when}") for when in ("at dusk, dark", "at dusk, lit")]
    pictures.publish((project, chair, chair, draft_id))
    with transaction():
        row = db.session.get_one(Project, project.id)
        row.stage, row.milestones[0].actual_on, row.milestones[0].evidence = ProjectStage.COMPLETED, today(), "Lit."
    return project.id, chair, shown


def tell(project_id, chair, shown):
    told = TellStory(**STORY, before_picture_id=shown[0], after_picture_id=shown[1])
    milestone = db.session.get_one(Project, project_id).milestones[0]
    stories.tell(project_id, milestone.id, told, by=chair)


def test_a_completed_project_is_shown_before_and_after(app):
    project_id, chair, shown = completed()
    tell(project_id, chair, shown)
    sheet = sheet_of(app, one_pager(project_id))
    assert set(sheet.made) == {f"{each}.jpg" for each in shown}
    assert sheet.document.index("The lane at dusk, dark") < sheet.document.index("The lane at dusk, lit")
    assert all(content.startswith(b"\xff\xd8") for content in sheet.made.values())


def test_a_picture_that_was_taken_down_is_on_no_new_sheet(app):
    project_id, chair, shown = completed()
    tell(project_id, chair, shown)
    for each in shown:
        taken.take_down(each, pictures.REASON, by=chair)
    edition = queries.detail(one_pager(project_id))
    assert "The lane at dusk" not in edition.text and set(edition.snapshot["figures"]["pictures"].values()) == {None}


def test_pictures_of_a_draft_are_on_no_sheet(app):
    body = make.task_force()
    project, chair = make.project(body=body), make.co_chair(body)
    draft_id = drafts.begin(project.id, SaveDraft(**pictures.TOLD), by=chair).id
    pictures.hang(draft_id, chair)
    assert pictures.WORDS not in queries.detail(one_pager(project.id)).text

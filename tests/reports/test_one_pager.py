"""R8: a project on one page and as a poster, the same figures on the page, in the PDF and in the data."""

import pytest

from app.core import files, jobs
from app.core.db import db
from app.reports import queries
from app.reports.making import services as making
from app.reports.rules import EditionStage, Form
from app.taskforces.projects.models import Project
from app.taskforces.projects.rules import ProjectStage
from app.taskforces.updates.drafts import services as drafts
from app.taskforces.updates.drafts.services import SaveDraft
from tests import make
from tests.browser import Browser
from tests.memory import remembered
from tests.reports import reading
from tests.reports.printing import made, pdf_of
from tests.reports.sheets import one_pager, sheet_of
from tests.taskforces.updates import test_pictures as pictures

HOSTILE = "<script src='https://evil.example/x.js'></script><img src='file:///etc/passwd'> & lamps"


def project_with_picture(**more):
    """A project in delivery with money spent and one public picture."""
    body = make.task_force()
    project, chair = make.project(body=body, **more), make.co_chair(body)
    make.paid(make.commitment(project))
    draft_id = drafts.begin(project.id, SaveDraft(**pictures.TOLD), by=chair).id
    pictures.hang(draft_id, chair)
    pictures.publish((project, chair, chair, draft_id))
    return project.id


@remembered
def an_edition():
    """The id of an edition whose files are made; its scope is hostile."""
    edition_id = one_pager(project_with_picture(scope=HOSTILE))
    jobs.run_waiting()
    return edition_id


@pytest.fixture
def published(app):
    """An edition with its files."""
    return queries.detail(an_edition())


def spoken(edition, form):
    """What a screen reader says of its file, without white space; columns beside each other do not mix."""
    parts = reading.paper(pdf_of(edition.row.id, form=form)).root.all("words")
    return reading.bare("".join(part.words[0] for part in parts))


def test_page_pdf_and_data_tell_the_same_sums(app, published, prints):
    page = Browser(app).open(f"/reports/{published.row.id}")
    paper = reading.paper(pdf_of(published.row.id))
    rows = paper.table("Cost so far")
    assert rows == reading.table_of_page(page, "Cost so far")
    money = published.snapshot["figures"]["money"]
    assert money["allocated_cents"] == money["committed_cents"] + money["left_cents"] == 20_000_00
    assert ["Paid", "$1,000"] in rows and rows[-1] == ["Notyetpromised", "$10,000"]


def test_the_page_is_one_side_tagged_and_named(published, prints):
    paper = reading.paper(pdf_of(published.row.id))
    assert reading.problems(paper, title=published.row.title) == [] and paper.pages == 1
    assert paper.says(published.row.data_hash[:12]) and paper.says("Two of the six lamps, lit at dusk.")


def test_the_large_form_is_an_a3_poster_with_the_same_words(published, prints):
    paper = reading.paper(pdf_of(published.row.id, form=Form.LARGE))
    assert reading.problems(paper, title=published.row.title) == [] and paper.pages == 1
    sums = "Given now $20,000 = paid $1,000 + promised $9,000 + not yet promised $10,000."
    assert reading.bare(sums) in spoken(published, Form.LARGE)


def test_a_later_edition_says_at_its_foot_what_changed_and_is_still_one_side(app, prints):
    project_id = project_with_picture(scope="So many words. " * 20)
    made(one_pager(project_id))
    make.paid(make.commitment(db.session.get(Project, project_id)), 5_00)
    note = f"The second invoice is in. {HOSTILE} {'And more. ' * 60}"
    second = one_pager(project_id, note=note)
    paper = reading.paper(making.rendered(second, "en", Form.READERS))
    assert paper.pages == 1 and paper.says("New in edition 2:") and paper.says("The second invoice is in.")
    assert not paper.says("And more. " * 20)


def test_hostile_markup_stays_text(app, published, prints):
    assert reading.bare(HOSTILE) in spoken(published, Form.READERS)
    sheet = sheet_of(app, published.row.id)
    assert "<script" not in sheet.document and "&lt;script" in sheet.document


def test_the_same_snapshot_gives_the_same_file(app, published, prints):
    kept = pdf_of(published.row.id, form=Form.LARGE)
    assert making.rendered(published.row.id, "en", Form.LARGE) == kept


def test_a_picture_that_is_gone_is_said_and_nothing_is_published(app):
    edition_id = one_pager(project_with_picture())
    picture = queries.detail(edition_id).snapshot["figures"]["pictures"]["main"]
    files.remove(picture["digest"])
    edition = made(edition_id)
    assert (edition.row.stage, edition.row.fault) == (EditionStage.FAILED, "picture")


def test_nothing_of_the_sheet_asks_the_database_once_the_figures_are_frozen(app, statements):
    edition_id = one_pager(project_with_picture())
    queries.detail(edition_id)
    statements.clear()
    sheet_of(app, edition_id)
    queries_of_detail = len(statements)
    statements.clear()
    queries.detail(edition_id)
    assert len(statements) == queries_of_detail


@pytest.mark.parametrize("stage", list(ProjectStage))
def test_a_sheet_is_made_of_every_stage_with_long_words_and_without_a_picture(app, stage):
    project = make.project(stage=stage, title="Ä" * 120, scope="So many words. " * 200, lead=None)
    document = sheet_of(app, one_pager(project.id)).document
    assert document.count("So many words.") == 200 and "Ä" * 120 in document and "asset:/made/" not in document

"""R9: what was promised and what came of it, the same on the page, in the PDF and in its tables."""

from datetime import timedelta

import pytest

from app.core import jobs
from app.core.access import Role
from app.core.clock import today
from app.core.db import db
from app.core.errors import DomainError
from app.reports import queries
from app.reports.completion import pages
from app.reports.making import services as making
from app.reports.rules import Form
from app.taskforces.projects.claims import services as claims
from app.taskforces.projects.closing import queries as closing
from app.taskforces.projects.closing.services import Left
from app.taskforces.projects.confirming import queries as confirming
from app.taskforces.projects.confirming import services as confirmed
from app.taskforces.projects.confirming.services import CountPaper
from app.taskforces.projects.models import Project
from app.taskforces.projects.rules import ProjectStage
from tests import make
from tests.browser import Browser
from tests.memory import remembered
from tests.reports import printing, reading
from tests.reports.printing import pdf_of
from tests.reports.sheets import completion, sheet_of
from tests.taskforces.meetings.gathering import on
from tests.taskforces.projects import steps

HOSTILE = "Paint <b onclick=alert(1)>the last post</b>; see file:///etc/passwd"


def signed():
    """A project with money spent and one thing left that both sides have signed, waiting for its report; and both."""
    project, ada, bo = steps.chaired(stage=ProjectStage.HANDOVER)
    contract = make.commitment(project, counterparty="=Lux Ltd")
    make.paid(contract)
    make.paid(contract, 50)
    steps.reach(project, ada, bo)
    snag = Left(what=HOSTILE, due_on=today() + timedelta(days=20))
    steps.agreed(project, ada, bo, snag)
    return project, ada, bo


def built():
    """The project alone."""
    return signed()[0]


@remembered
def an_edition():
    """The id of an edition whose files are made."""
    edition_id = completion(built().id)
    jobs.run_waiting()
    return edition_id


@pytest.fixture
def published(app):
    """An edition with its files."""
    return queries.detail(an_edition())


def test_costs_are_the_same_on_page_paper_and_in_the_table(app, published, prints):
    page = Browser(app).open(f"/reports/{published.row.id}")
    rows = reading.paper(pdf_of(published.row.id)).table("Costs by line")
    assert rows == reading.table_of_page(page, "Costs by line")
    assert rows[-1] == ["Inall", "all", "all", "$10,000", "$1,000.50"]
    costs = reading.table_of_csv(pages.tables(published.snapshot["figures"])["costs.csv"])
    assert [row[1:2] + row[3:] for row in costs] == [["'=LuxLtd", "1000000", "100050"]]
    money = published.snapshot["figures"]["money"]
    assert sum(int(row[4]) for row in costs) == money["spent_cents"]


def test_a_screen_reader_misses_nothing(published, prints):
    paper = reading.paper(pdf_of(published.row.id))
    assert reading.problems(paper, title="Completion report: ") == []
    assert paper.says("9. Thanks") and 2 <= paper.pages <= 4
    assert paper.table("Still to be put right at completion")[0][0] == reading.bare(HOSTILE)


def test_the_same_snapshot_gives_the_same_file(app, published, prints):
    assert making.rendered(published.row.id, "en", Form.READERS) == pdf_of(published.row.id)


def test_hostile_words_stay_words(app, published):
    document = sheet_of(app, published.row.id).document
    assert "<b onclick" not in document and "&lt;b onclick" in document


def test_the_table_of_how_the_money_came_adds_up(published, prints):
    rows = reading.paper(pdf_of(published.row.id)).table("How it came to have that money")
    assert rows == [["Givenbythevote", "$20,000"], ["Givennow", "$20,000"]]


def test_there_is_none_before_handover(app):
    with pytest.raises(DomainError, match="handed over"):
        completion(make.project().id)


def test_an_open_milestone_blocks_it_and_the_clerk_reads_why(app):
    project = steps.chaired(stage=ProjectStage.HANDOVER)[0]
    with pytest.raises(DomainError, match="not verified"):
        completion(project.id)
    clerk = Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    assert "1 milestone is not verified" in clerk.open(f"/reports/publish/completion/{project.id}").text


def test_before_both_sides_sign_it_is_a_preview_and_its_page_says_what_is_missing(app):
    project, ada, bo = steps.chaired(stage=ProjectStage.HANDOVER)
    steps.reach(project, ada, bo)
    with pytest.raises(DomainError, match="Not both sides have signed"):
        completion(project.id)
    clerk = Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    read = clerk.open(f"/projects/{project.id}").follow("To the completion report").follow("Preview today’s figures")
    assert "Not both sides have signed yet" in read.text and "crane broke down" in read.text


def test_its_publication_completes_the_project_and_not_its_freezing(app):
    project = built()
    edition_id = completion(project.id)
    assert "Completed with this report" in sheet_of(app, edition_id).document
    assert db.session.get_one(Project, project.id).stage is ProjectStage.HANDOVER
    printing.made(edition_id)
    assert db.session.get_one(Project, project.id).stage is ProjectStage.COMPLETED
    done = closing.completion(project.id)
    assert [each.what for each in done.snags] == [HOSTILE] and done.agreement_id is not None


def test_a_report_of_what_was_signed_before_completes_nothing(app):
    project, ada, bo = signed()
    edition_id = completion(project.id)
    steps.agreed(project, ada, bo)
    printing.made(edition_id)
    assert db.session.get_one(Project, project.id).stage is ProjectStage.HANDOVER
    printing.made(completion(project.id, note="Nothing is left any more."))
    assert closing.completion(project.id).snags == ()


def test_a_later_edition_prints_what_changed_and_what_residents_say(app):
    project = built()
    printing.made(completion(project.id))
    days = confirming.days_of(project.id)
    with on(days.opens_on):
        paper = CountPaper(yes=57, partly=12, no=3, how="Asked at the market by two clerks.")
        confirmed.count_paper(project.id, paper, by=make.actor(Role.CLERK))
    with on(days.told_on):
        document = sheet_of(app, completion(project.id, note="Residents have said whether it works.")).document
    assert "What changed since edition 1" in document and "Residents have said whether it works." in document
    assert "72 people answered. 79%" in document and ">15<" in document


def test_a_milestone_that_was_sent_back_is_not_shown_as_verified(app):
    project, ada, bo = steps.chaired(stage=ProjectStage.HANDOVER)
    said = claims.ClaimDone(actual_on=today(), evidence="Somebody says that it is done, but it is not at all.")
    claims.claim(project.id, project.milestones[0].id, said, by=ada)
    claims.send_back(project.id, project.milestones[0].id, steps.LONG, by=bo)
    steps.reach(project, ada, bo)
    steps.agreed(project, ada, bo)
    [row] = queries.detail(completion(project.id)).snapshot["figures"]["verified"]
    assert row["evidence"] == steps.LONG

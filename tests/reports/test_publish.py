"""A certified result becomes a frozen, hashed report: as a page, and as a PDF made by the worker."""

import hashlib
from io import BytesIO

import pikepdf
import pytest

from app.core import jobs
from app.core.access import Role
from app.core.errors import DomainError, NoStanding
from app.reports import queries
from app.reports.making import services as making
from app.reports.results import figures
from app.reports.rules import FORMS, EditionStage, Form, Line, ReportKind
from app.translating.rules import Rendering
from app.voting.log import queries as log
from app.voting.results.rules import read_outcome
from tests import make
from tests.browser import Browser
from tests.memory import remembered
from tests.reports import printing
from tests.reports.languages.said import in_spanish
from tests.reports.printing import pdf_of, text_of
from tests.voting.results import board

NOTE = "Nothing but the day has changed."


@remembered
def an_edition():
    """The number of an edition whose PDF has been made."""
    cycle_id = board.certified().vote.cycle_id
    jobs.run_waiting()  # the near misses are worked out first: they are among the figures
    edition_id = printing.results(cycle_id)
    jobs.run_waiting()
    return edition_id


@pytest.fixture
def published(app, prints):
    """An edition whose PDF has been made."""
    return queries.detail(an_edition())


@pytest.mark.parametrize(
    ("rule", "said"), [("equal-shares", "Equal shares, project by project"), ("points", "in order of their points")]
)
def test_the_report_tells_the_count_by_its_rule(app, rule, said):
    cycle_id = board.certified(count_rule=rule).vote.cycle_id
    edition_id = printing.results(cycle_id)
    jobs.run_waiting()
    page = Browser(app).open(f"/reports/{edition_id}").text
    assert said in page and ("in order of their points" in page) is (rule == "points")


def test_a_report_after_a_recount_prints_both_counts_and_why(app, prints):
    result = board.counted()
    cycle_id, left_out = result.vote.cycle_id, read_outcome(result.outcome).funded[0]
    board.recount(cycle_id, options=(left_out,), reason="The price was wrong.")
    board.certify(cycle_id)
    edition_id = printing.results(cycle_id, by=board.clerk(cycle_id))
    jobs.run_waiting()
    page = Browser(app).open(f"/reports/{edition_id}").text
    paper = text_of(pdf_of(edition_id))
    for said in ("The price was wrong.", "What each count of the same ballots funded", "2 (certified)"):
        assert said in page and said in " ".join(paper.split())


def test_the_pdf_prints_the_hash_of_its_figures(published):
    text = text_of(pdf_of(published.row.id))
    assert f"data {published.row.data_hash[:12]}" in text
    assert hashlib.sha256(published.text.encode()).hexdigest() == published.row.data_hash


def test_page_and_pdf_print_the_head_that_the_log_signed_at_the_close(app, published):
    head = log.closing_head(bytes.fromhex(published.snapshot["figures"]["vote"]["id"]))
    page = Browser(app).open(f"/reports/{published.row.id}").text
    paper = "".join(text_of(pdf_of(published.row.id)).split())
    for printed in (head.root.hex(), head.signature.hex()):
        assert printed in page and printed in paper


def test_an_edition_from_before_the_log_can_still_be_read(published):
    vote = {name: value for name, value in published.snapshot["figures"]["vote"].items() if name != "log_head"}
    assert figures.read({**published.snapshot["figures"], "vote": vote}).vote.log_head is None


def test_page_and_pdf_fund_the_same_projects_for_the_same_sums(app, published):
    page = Browser(app).open(f"/reports/{published.row.id}").text
    text = text_of(pdf_of(published.row.id))
    for option in published.snapshot["figures"]["options"]:
        assert option["title"] in page and option["title"] in text


def test_the_pdf_is_tagged_with_bookmarks_title_and_alternative_texts(published):
    pdf = pdf_of(published.row.id)
    with pikepdf.open(BytesIO(pdf)) as file, file.open_outline() as outline:
        assert [item.title for item in outline.root][0].startswith("Results and budget")
        assert len(outline.root[0].children) == 13
        assert file.Root.ViewerPreferences.DisplayDocTitle
    tags = printing.structure_of(pdf)
    assert "Figure" in tags and "TH" in tags and "H2" in tags


def test_the_same_snapshot_gives_the_same_file(app, published):
    for file in published.files:
        again = making.rendered(published.row.id, file.language, file.form)
        assert hashlib.sha256(again).hexdigest() == file.file_hash, file.form


def test_the_same_figures_are_not_published_twice(app, published):
    with pytest.raises(DomainError, match="already published"):
        printing.results(published.row.line.subject_id, note=NOTE)


def test_an_edition_has_a_file_in_each_language_and_form(app, prints):
    cycle_id = board.certified().vote.cycle_id
    in_spanish(Line(kind=ReportKind.RESULTS, subject_id=cycle_id), rendering=Rendering.SAME)
    edition = printing.made(printing.results(cycle_id, languages=("es", "en")))
    there = {(file.language, file.form) for file in edition.files}
    assert there == {(language, form) for language in ("en", "es") for form in FORMS}
    assert "Resultados" in text_of(pdf_of(edition.row.id, "es"))


def test_the_copy_for_the_archive_carries_the_figures(published):
    with pikepdf.open(BytesIO(pdf_of(published.row.id, form=Form.ARCHIVE))) as file:
        name = f"{published.row.code}.json"
        assert set(file.attachments) == {name, "projects.csv", "count.csv"}
        assert file.attachments[name].get_file().read_bytes() == published.text.encode()


def test_only_a_clerk_publishes(app):
    cycle_id = board.certified().vote.cycle_id
    with pytest.raises(NoStanding):
        printing.results(cycle_id, by=make.actor(Role.OBSERVER))


def test_nothing_is_published_before_the_certification(app):
    cycle_id = board.counted().vote.cycle_id
    with pytest.raises(DomainError, match="certified"):
        printing.results(cycle_id)


def test_a_lost_lease_leaves_the_edition_waiting(app):
    edition_id = printing.results(board.certified().vote.cycle_id)
    stale = jobs.Lease(job_id=1, token=b"x" * 16, arguments={"edition_id": edition_id})
    with pytest.raises(jobs.LeaseLost):
        making.render_edition(stale)
    assert queries.detail(edition_id).row.stage is EditionStage.RENDERING


@pytest.mark.parametrize("path", ["/reports/999", "/reports/999.pdf", "/reports/999.json"])
def test_an_unknown_edition_is_not_found(browser, path):
    assert browser.open(path).status == 404


def test_a_printed_code_is_found_and_a_wrong_one_is_not(app, published):
    page = Browser(app).open("/reports/check")
    assert "it stands" in page.press("Check", hash=f"data {published.row.data_hash[:12]}").text
    assert "No report of ours has this code" in page.press("Check", hash="0" * 12).text
    assert "at least 12" in page.press("Check", hash="xyz").text


def test_a_clerk_publishes_from_the_page(app):
    cycle_id = board.certified().vote.cycle_id
    clerk = Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    page = clerk.open(f"/reports/publish/results/{cycle_id}").press("Freeze the figures and publish", languages=["en"])
    assert "being made" in page.text
    jobs.run_waiting()
    assert "Download the PDF" in clerk.open(page.path).text


def test_the_list_costs_the_same_however_long_it_is(app, published, statements):
    statements.clear()
    assert queries.editions().total == 1
    assert len(statements) == 2

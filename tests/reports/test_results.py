"""The results report answers on its own: why, how narrowly, who took part, where every ballot is, and until when."""

import pytest

from app.core import jobs
from app.reports import queries
from app.reports.results import figures, pages
from app.reports.results import words as told
from app.voting.objections import services as objections
from tests import make
from tests.browser import Browser
from tests.memory import remembered
from tests.reports import printing
from tests.reports.printing import pdf_of
from tests.reports.reading import paper, problems, table_of_csv, table_of_page
from tests.voting.results import board

OBJECTION = "The price of the <b>lamps</b> was another one."


@remembered
def explained(level: str = "full") -> int:
    """The id of an edition of a result whose near misses are known; its files are not made."""
    cycle_id = board.certified(publication_level=level).vote.cycle_id
    jobs.run_waiting()
    objections.raise_objection(cycle_id, OBJECTION, key="k", by=make.actor())
    return printing.results(cycle_id)


@pytest.fixture
def frozen(app):
    """Its figures, as frozen."""
    return queries.detail(explained()).snapshot["figures"]


def test_every_project_says_how_narrowly_it_won_or_missed(frozen):
    report = figures.read(frozen)
    near = told.near(report)
    assert set(near) == set(report.options)
    assert all(near[ending.number] for ending in report.facts.lost)


def test_below_level_full_no_near_miss_is_frozen(app):
    assert queries.detail(explained("totals")).snapshot["figures"]["misses"] is None


def test_everybody_who_voted_is_found_again_in_the_account(frozen):
    account = told.account(figures.read(frozen))
    assert account is not None and account.agrees
    assert account.found == frozen["vote"]["voters"]


def test_a_missing_ballot_is_told_by_the_account(frozen):
    vote = {**frozen["vote"], "voters": frozen["vote"]["voters"] + 1}
    account = told.account(figures.read({**frozen, "vote": vote}))
    assert account is not None and not account.agrees


def test_the_steps_end_with_what_is_left(frozen):
    report = figures.read(frozen)
    assert told.log(report)[-1][2] == report.facts.left_cents


def test_whatever_was_set_aside_stands_with_what_was_left_then(frozen):
    report = figures.read(frozen)
    for ending, part, left in told.set_aside(report):
        assert part and ending.cost_cents > left


def test_the_csv_has_every_project_and_the_sum_of_the_page(frozen):
    lines = pages.tables(frozen)["projects.csv"].decode().splitlines()
    funded = [line for line in lines if ",funded," in line]
    spent = sum(int(line.split(",")[2]) for line in funded)
    assert len(lines) == 1 + len(frozen["options"])
    assert spent == figures.read(frozen).facts.spent_cents


def test_page_and_paper_tell_the_same_and_nothing_is_lost_to_who_does_not_see_it(app, prints):
    edition = printing.made(explained())
    page, read = Browser(app).open(f"/reports/{edition.row.id}"), paper(pdf_of(edition.row.id))
    assert problems(read, title="Results and budget") == []
    for caption in ("Every project on the ballot", "Ballot account", "Every step of the count"):
        assert read.table(caption) == table_of_page(page, caption)
    for said in (OBJECTION, "Anybody with an account may object until", "no longer fitted"):
        assert said in page.text and read.says(said)


def test_the_csv_the_paper_and_the_page_list_the_same_projects(app, prints):
    edition = printing.made(explained())
    listed = table_of_csv(pages.tables(edition.snapshot["figures"])["projects.csv"])
    *rows, _foot = paper(pdf_of(edition.row.id)).table("Every project on the ballot")
    assert [(row[0], row[1], row[3]) for row in rows] == [(row[0], row[1], row[6]) for row in listed]


def test_nobody_is_named_who_objected(frozen):
    raised = frozen["objections"]
    assert [set(each) for each in raised] == [{"number", "text", "raised_at", "ending", "answer"}]


def test_a_figures_file_from_before_can_still_be_read(frozen):
    new = ("misses", "turnout", "objections", "board", "files")
    report = figures.read({name: value for name, value in frozen.items() if name not in new})
    assert report.misses is None and report.objections == ()


@pytest.mark.parametrize(("columns", "parts"), [(4, 1), (5, 2), (12, 3)])
def test_a_table_of_many_rounds_goes_on_below(columns, parts):
    headings = ("Project", *(f"Count {n}" for n in range(1, columns + 1)), "Outcome")
    whole = told.Table(caption="Runoff 1", headings=headings, rows=[headings])
    found = told.parted(whole)
    assert len(found) == parts
    assert [cell for part in found for cell in part.rows[0][1:]] == list(headings[1:])
    assert all(len(part.headings) <= 6 for part in found)

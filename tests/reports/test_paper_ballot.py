"""The report of the paper ballot: a specimen like the ballot, the words of those who count, and nothing secret."""

import json
import re

import pytest

from app.core.errors import DomainError
from app.reports import queries
from app.reports.making import services as making
from app.reports.rules import Form, ReportKind
from app.voting import queries as votes
from app.voting.paper import words
from app.voting.paper.printing import pages as printed
from tests import make
from tests.browser import Browser
from tests.reports import printing
from tests.reports.reading import bare, paper, problems, table_of_page
from tests.voting.paper.station import station

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
CAPTION = "Projects, in the order drawn by lot"


@pytest.fixture
def at(app):
    """A polling station with its boxes and printed ballots."""
    return station()


@pytest.fixture
def edition(at):
    """The edition of its paper ballot; no file is made of it."""
    return queries.detail(printing.publish(ReportKind.PAPER_BALLOT, at.cycle_id))


def gives_away(said: str) -> list[str]:
    """What would let somebody make a ballot of this vote, or tell one from another."""
    signs = {"check marks": r"class=\"marks\"|<rect[^>]*height=\"12\"", "a number of a stub": r"Stub \d+"}
    return [name for name, sign in signs.items() if re.search(sign, said)]


def test_the_specimen_has_every_option_in_its_order_on_page_and_paper(app, at, edition, prints):
    read = paper(making.rendered(edition.row.id, "en", Form.READERS))
    rows = table_of_page(Browser(app).open(f"/reports/{edition.row.id}"), CAPTION)
    assert problems(read, title="Paper ballot and count pack") == []
    assert read.table(CAPTION) == rows
    options = votes.options(at.vote_id)
    assert [row[0] for row in rows] == [str(option.number) for option in options]
    assert all(bare(option.title) in row[1] for option, row in zip(options, rows, strict=True))
    assert {row[2:].count("○") for row in rows} == {votes.vote_facts(at.cycle_id).max_ranks}


def test_it_gives_nothing_away_from_which_a_ballot_could_be_made(app, at, edition):
    assert gives_away(Browser(app).open(f"/reports/{edition.row.id}").html) == []
    figures = json.dumps(edition.snapshot["figures"])
    assert not re.search(r"stub|pattern|marks|code_letter", figures)


def test_the_check_notices_a_real_ballot(app, at):
    with app.test_request_context():
        real = printed.ballots(at.cycle_id, range(1, 2), language="en", large_print=False)
    assert gives_away(real) == ["check marks", "a number of a stub"]


def test_it_says_what_the_count_pack_says_word_for_word(app, at, edition):
    with app.test_request_context():
        pack = bare(re.sub("<[^>]*>", "", printed.pack(at.cycle_id, language="en")))
        forms = [words.account(), words.seals(), *words.logs("Riverside")]
    page = Browser(app).open(f"/reports/{edition.row.id}")
    lines = [line for item in page.all("li") if (line := bare("".join(item.itertext()))) and "press" in line]
    assert len(lines) >= 4 and all(line in bare(pack) for line in lines)
    for form in forms:
        assert form.title in page.text and all(column in page.text for column in form.columns)


def test_the_ballots_printed_for_each_box_are_counted(app, edition):
    boxes = edition.snapshot["figures"]["boxes"]
    foot = table_of_page(Browser(app).open(f"/reports/{edition.row.id}"), BOXES)[-1]
    assert boxes and foot[-1] == str(sum(box["printed"] for box in boxes))


BOXES = "Ballot boxes, and how many ballots were printed for each"


def test_there_is_none_before_the_ballot_is_fixed(app):
    with pytest.raises(DomainError, match="fixed"):
        printing.publish(ReportKind.PAPER_BALLOT, make.cycle().id)

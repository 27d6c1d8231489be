"""The ballot booklet says what was approved, word for word, of every project once, and what all cost together."""

import json
from io import BytesIO

import pikepdf
import pytest
from flask_babel import force_locale

from app.core.errors import DomainError
from app.core.printing import folding, pdf, plain
from app.reports import pages as sheets_of
from app.reports import queries
from app.reports.booklet import pages
from app.reports.making import services as making
from app.reports.pages import head
from app.reports.rules import Form, ReportKind
from app.voting import queries as votes
from tests import make
from tests.browser import Browser
from tests.browser import text_of as text_of_part
from tests.memory import remembered
from tests.reports import growing, printing
from tests.reports.printing import pdf_of, text_of
from tests.reports.reading import paper, problems, table_of_page
from tests.voting.results import board

HOSTILE = "Lamps <img src=file:///etc/passwd> & <b>more</b>"


@remembered
def a_booklet() -> int:
    """The edition of the booklet of an open vote, with its files."""
    edition_id = printing.publish(ReportKind.BOOKLET, board.voted().cycle_id)
    return printing.made(edition_id).row.id


@pytest.fixture
def booklet(app):
    """The edition."""
    return queries.detail(a_booklet())


def test_page_and_paper_say_every_approved_text_once_in_full(app, booklet, prints):
    page, paper = Browser(app).open(f"/reports/{booklet.row.id}").text, text_of(pdf_of(booklet.row.id))
    vote = votes.vote_facts(booklet.row.line.subject_id)
    for option in votes.options(vote.id):
        assert " ".join(option.summary.split()) in page and " ".join(option.summary.split()) in paper
        assert paper.count(f"{option.number} {option.title} ") >= 1
    heads = [text_of_part(each) for each in Browser(app).open(f"/reports/{booklet.row.id}").all("h3")]
    for option in votes.options(vote.id):
        assert heads.count(f"{option.number} {option.title}") == 1


def test_the_costs_add_up_on_page_paper_and_in_the_csv(app, booklet, prints):
    found = booklet.snapshot["figures"]
    whole = sum(option["cost_cents"] for option in found["options"])
    lines = pages.tables(found)["projects.csv"].decode().splitlines()[1:]
    assert sum(int(line.split(",")[5]) for line in lines) == whole
    assert f"${whole // 100:,}" in text_of(pdf_of(booklet.row.id))
    assert f"${whole // 100:,}" in Browser(app).open(f"/reports/{booklet.row.id}").text


def test_nothing_of_it_is_lost_to_who_does_not_see_it_and_it_is_made_again_alike(app, booklet, prints):
    pdf = pdf_of(booklet.row.id)
    read = paper(pdf)
    assert problems(read, title="Ballot booklet") == []
    caption = "Projects, in the order drawn by lot"
    assert read.table(caption) == table_of_page(Browser(app).open(f"/reports/{booklet.row.id}"), caption)
    assert making.rendered(booklet.row.id, "en", Form.READERS) == pdf


def test_it_folds_into_a_booklet_with_the_practice_ballot_in_its_middle(booklet, prints):
    pdf, sheets = pdf_of(booklet.row.id), pdf_of(booklet.row.id, form=Form.SHEETS)
    with pikepdf.open(BytesIO(pdf)) as pages, pikepdf.open(BytesIO(sheets)) as printed:
        count = len(pages.pages)
        assert count % 4 == 0 and len(printed.pages) == count // 2
        assert [round(float(side) * 25.4 / 72) for side in pages.pages[0].mediabox[2:]] == [148, 210]
        assert [round(float(side) * 25.4 / 72) for side in printed.pages[0].mediabox[2:]] == [297, 210]
        del printed.pages[:-1]
        innermost = BytesIO()
        printed.save(innermost)
    assert folding.measured(pdf).begins["middle"] == count // 2
    assert "Practice ballot" in text_of(innermost.getvalue())


def test_many_long_titles_take_two_pages_to_practice_on_and_short_projects_share_one(app, booklet, prints):
    long = growing.grown(booklet, 24, title=growing.TITLE)
    for number, option in enumerate(long.snapshot["figures"]["options"], start=1):
        option |= {
            "number": number,
            "title": growing.TITLE[:120],
            "price": None,
            "spot": None,
            "text": "Lamps.",
            "place": "Mill Lane",
        }
    with app.test_request_context():
        sheet = sheets_of.sheet(long, "en", Form.READERS, folding.Binding())
    found = folding.measured(pdf.rendered(sheet))
    assert found.middle == 2 and found.begins["option-2"] == found.begins["option-3"]
    middle = folding.centered(found, pages.middle(long.snapshot["figures"]))
    assert middle.at and middle.before + middle.inside + middle.after <= 3


def test_its_plain_text_says_every_approved_text_and_no_line_is_too_long(app, booklet, prints):
    file = app.test_client().get(f"/reports/{booklet.row.id}.pdf?form=text")
    assert file.mimetype == "text/plain"
    said = " ".join(file.text.split())
    for option in votes.options(votes.vote_facts(booklet.row.line.subject_id).id):
        assert " ".join(option.summary.split()) in said and option.title in said
    assert all(len(line) <= plain.WIDE or "://" in line for line in file.text.splitlines())


def test_the_order_is_that_of_the_ballot_and_its_seed_is_printed(booklet, prints):
    vote = votes.vote_facts(booklet.row.line.subject_id)
    numbers = [option["number"] for option in booklet.snapshot["figures"]["options"]]
    assert numbers == [option.number for option in votes.options(vote.id)]
    assert vote.option_seed in "".join(text_of(pdf_of(booklet.row.id)).split())


def test_hostile_words_stay_words(app, booklet):
    figures = json.loads(json.dumps(booklet.snapshot["figures"]))
    figures["options"][0] |= {"title": HOSTILE * 8, "text": HOSTILE}
    with app.test_request_context():
        facts = pages.facts(figures)
        shown = {"edition": booklet.row, "head": app_head(booklet)}
        html = app.jinja_env.get_template("reports/booklet/_body.html").render(**facts, **shown)
    assert "<img src=file" not in html and "&lt;img src=file" in html


def app_head(booklet):
    """What a document says of itself."""
    return head(booklet.row, booklet.snapshot)


def test_there_is_no_booklet_before_the_ballot_is_fixed(app):
    with pytest.raises(DomainError, match="fixed"):
        printing.publish(ReportKind.BOOKLET, make.cycle().id)


def test_the_booklet_is_in_the_readers_language_where_the_ballot_is(app, booklet):
    figures = json.loads(json.dumps(booklet.snapshot["figures"]))
    figures["options"][0]["wordings"] = {"es": {"title": "Faroles", "text": "Luz para la escalera."}}
    with app.test_request_context(), force_locale("es"):
        assert pages.facts(figures)["options"][0].title == "Faroles"
    with app.test_request_context(), force_locale("en"):
        assert pages.facts(figures)["options"][0].title != "Faroles"

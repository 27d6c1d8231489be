"""The reader of PDFs sees what is wrong with one: each flaw beside the good one it was made from."""

import pytest

from app.core.printing import pdf
from tests.reports import reading

GOOD = """<!doctype html><html lang="en"><head><title>Lamps</title></head><body><h1>Lamps</h1><h2>What it cost</h2>
<table><caption>Costs</caption><thead><tr><th scope="col">What</th><th scope="col">Sum</th></tr></thead>
<tbody><tr><th scope="row">Lamp</th><td>1</td></tr></tbody></table>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>A bar</title><rect width="5" height="5"/></svg>
</body></html>"""
FLAWS = {
    "heading": ("<h2>What", "<h3>What", "level is skipped"),
    "picture": ("<title>A bar</title>", "", "picture without words"),
    "caption": ("<caption>Costs</caption>", "", "without a caption"),
    "heads": ('<th scope="col">Sum</th>', "<td>Sum</td>", "has no heads"),
    "cell": ("<td>1</td>", "<td></td>", "empty cell"),
    "title": ("<title>Lamps", "<title>Report", "title is"),
    "language": ('lang="en"', 'lang="de"', "language is"),
}


def _problems(html):
    return reading.problems(reading.paper(pdf.render(html)), title="Lamps")


def test_a_good_paper_has_no_problem_and_its_table_reads_back():
    assert _problems(GOOD) == []
    assert reading.paper(pdf.render(GOOD)).table("Costs") == [["Lamp", "1"]]


@pytest.mark.parametrize("flaw", FLAWS)
def test_each_flaw_is_seen(flaw):
    good, bad, said = FLAWS[flaw]
    assert good in GOOD and any(said in each for each in _problems(GOOD.replace(good, bad)))

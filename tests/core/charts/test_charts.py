"""Charts: escaped words, alternative text, no style, and a table that says the same."""

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from app.core.charts.bars import Bar, Limit, bar_table, bars, pot_bar
from app.core.charts.columns import Column, column_table, columns
from app.core.charts.fills import Fill
from app.core.charts.rounds import Support, rounds, rounds_table
from app.core.charts.strips import Dated, Level, StripWords, milestone_strip, step_line, step_table, strip_table
from app.core.charts.svg import drawing, wrapped
from app.core.charts.tables import Table

EVIL = '<script>alert("lamps")</script> & co'
WORDS = StripWords(baseline="Promised", forecast="Expected", actual="Done", today="Today", none="not yet")
BARS = [
    Bar(label=EVIL, value=400, shown="$400"),
    Bar(label="Youth nights", value=0, shown="$0", fill=Fill.STRIPES, note="nothing yet"),
    Bar(label="Mediation", value=390, shown="$390", fill=Fill.DOTS),
    Bar(label="Left", value=10, shown="$10", fill=Fill.BARE),
]
OPTIONS = [
    Support(label=EVIL, values=[3, 4, 9], outcome="Funded in round 3", won=True),
    Support(label="Youth nights", values=[2, None, None], outcome="Fewest ballots"),
    Support(label="Mediation", values=[None, None, None], outcome="Nobody ranked it"),
]
MILESTONES = [
    Dated(label=EVIL, baseline_on=date(2026, 1, 1), forecast_on=date(2026, 2, 1), actual_on=date(2026, 2, 1)),
    Dated(label="Lamps lit", baseline_on=date(2026, 3, 1), forecast_on=date(2026, 5, 1), actual_on=None),
]
LEVELS = [Level(on=date(2026, 1, 1), value=0, shown="$0"), Level(on=date(2026, 2, 1), value=7, shown=EVIL)]
COLUMNS = [
    Column(label="Winter", foot="Q1", value=3, shown="3", year="2026", note=EVIL),
    Column(label="Spring", foot="Q2", value=None, shown="kept back", begins_anew=True),
    Column(label="Summer", foot="Q3", value=400, shown=EVIL, is_provisional=True),
]
TITLE = f"Money so far {EVIL}"
CHARTS = {
    "bars": bars(TITLE, BARS, limit=Limit(value=300, shown="Pot")),
    "bars with goals": bars(TITLE, [replace(bar, goal=405, part=bar.value // 2) for bar in BARS]),
    "pot_bar": pot_bar(TITLE, BARS, total=Limit(value=1000, shown="Pot: $1,000")),
    "pot_bar over the total": pot_bar(TITLE, BARS, total=Limit(value=500, shown="Pot: $500")),
    "rounds": rounds(TITLE, OPTIONS),
    "strip": milestone_strip(TITLE, MILESTONES, today=date(2026, 2, 1), words=WORDS, write=str),
    "steps": step_line(TITLE, LEVELS, write=str),
    "columns": columns(TITLE, COLUMNS, goal=390),
}

every_chart = pytest.mark.parametrize("svg", CHARTS.values(), ids=CHARTS.keys())


@every_chart
def test_a_chart_is_well_formed_and_its_alternative_text_comes_first(svg):
    root = ElementTree.fromstring(svg)
    assert root[0].tag.endswith("title") and root[0].text == TITLE
    assert root.get("role") == "img"


@every_chart
def test_words_of_residents_stay_words(svg):
    assert "<script" not in svg
    words = " ".join(part.strip() for part in ElementTree.fromstring(svg).itertext())
    assert '<script>alert("lamps")</script>' in words


@every_chart
def test_a_chart_needs_no_style_no_class_and_no_ids(svg):
    names = {name for element in ElementTree.fromstring(svg).iter() for name in element.attrib}
    assert not names & {"style", "class", "id", "onload", "href"}


@every_chart
def test_nothing_is_drawn_outside_the_picture(svg):
    root = ElementTree.fromstring(svg)
    _, _, width, height = map(float, root.get("viewBox").split())
    for element in root.iter():
        at = [float(element.get(name)) for name in ("x", "cx") if element.get(name)]
        down = [float(element.get(name)) for name in ("y", "cy") if element.get(name)]
        assert all(0 <= x <= width for x in at) and all(0 <= y <= height for y in down)


def test_fills_differ_without_color():
    svg = pot_bar("Parts", BARS[2:] + [BARS[0], BARS[1]], total=Limit(value=1000, shown=""))
    assert len(re.findall(r"<path", svg)) >= 2


def test_a_chart_without_words_for_the_blind_is_refused():
    with pytest.raises(ValueError, match="words"):
        drawing("", width=480, height=10)


def test_amounts_below_zero_are_refused():
    with pytest.raises(ValueError, match="below zero"):
        bars("Costs", [Bar(label="Refund", value=-1, shown="−$1")])


def test_long_labels_break_into_lines_that_fit():
    rows = wrapped("Six new lamps between the school and the bus stop", width=140)
    assert len(rows) > 2 and all(len(row) * 14 * 0.56 <= 140 for row in rows)


@pytest.mark.parametrize(
    "table",
    [
        bar_table("Money", ("Part", "Amount"), BARS),
        rounds_table("Rounds", "Option", "Round {n}", "Outcome", OPTIONS, absent="—"),
        strip_table("Milestones", "Milestone", MILESTONES, words=WORDS, write=str),
        step_table("Spent", ("Day", "Spent"), LEVELS, write=str),
        column_table("Lamps", ("Period", "Value", "What to know"), COLUMNS),
    ],
    ids=lambda table: table.caption,
)
def test_every_chart_has_a_table_that_says_the_same(table):
    assert table.rows and all(len(row) == len(table.headings) for row in table.rows)


def test_a_table_with_a_missing_cell_is_refused():
    with pytest.raises(ValueError, match="cell"):
        Table(caption="Money", headings=("Part", "Amount"), rows=[("Lamps",)])

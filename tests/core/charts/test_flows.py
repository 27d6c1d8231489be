"""Flows are as wide as what they carry, say all in a table, and refuse what does not add up."""

from xml.etree import ElementTree as ET

import pytest

from app.core.charts.flows import Flow, Node, flow_table, sankey

SVG = "{http://www.w3.org/2000/svg}"
FIRST = [
    Node(key=1, name="Lamps", value=60),
    Node(key=2, name="A bench <b>", value=50),
    Node(key=3, name="Trees", value=40),
]
LAST = [
    Node(key=1, name="Lamps", value=90),
    Node(key=2, name="A bench <b>", value=50),
    Node(key=0, name="none", value=10),
]
STEP = [
    Flow(giver=1, taker=1, value=60),
    Flow(giver=2, taker=2, value=50),
    Flow(giver=3, taker=1, value=30),
    Flow(giver=3, taker=0, value=10),
]


def test_every_flow_is_a_band_and_every_node_a_block_with_its_number():
    drawn = ET.fromstring(sankey("Where ballots went", [FIRST, LAST], [STEP]))
    assert drawn.findtext(f"{SVG}title") == "Where ballots went"
    assert len(list(drawn.iter(f"{SVG}path"))) == len(STEP) and len(list(drawn.iter(f"{SVG}rect"))) == 6
    words = " ".join(each.text or "" for each in drawn.iter(f"{SVG}text"))
    assert "60 Lamps" in words and "50 A bench <b>" in words


def test_blocks_are_as_high_as_what_stands_there():
    rects = list(ET.fromstring(sankey("x", [FIRST, LAST], [STEP])).iter(f"{SVG}rect"))
    tall = [float(each.get("height", 0)) for each in rects]
    assert sorted(tall) == pytest.approx([value * max(tall) / 90 for value in (10, 40, 50, 50, 60, 90)], rel=0.01)


def test_the_table_names_what_moves():
    table = flow_table("Went on", ("From", "To", "Ballots"), [FIRST, LAST], [STEP])
    assert table.rows == [["Trees", "Lamps", "30"], ["Trees", "none", "10"]]


@pytest.mark.parametrize(
    ("columns", "flows"),
    [
        ([FIRST], []),
        ([FIRST, LAST], []),
        ([FIRST, []], [STEP]),
        ([FIRST, LAST], [[Flow(giver=3, taker=1, value=41)]]),
        ([FIRST, LAST], [[Flow(giver=1, taker=0, value=11)]]),
    ],
)
def test_what_does_not_add_up_is_refused(columns, flows):
    with pytest.raises(ValueError, match="flows"):
        sankey("x", columns, flows)

"""Route × person × own or foreign: everybody meets what the table says, and no route stands outside of it."""

from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import pytest

from app.taskforces.setbacks import policies
from tests.sizes import size
from tests.taskforces.access import table
from tests.taskforces.access.cast import FOREIGN, OWN, PLACES
from tests.taskforces.access.site import NOT_NOW, OPEN, REFUSED, Town, built

pytestmark = pytest.mark.soak
ONE_IN = size(commit=9, night=1)
"""While a commit is tried, this part of each line, drawn by its name; at night, and for whoever changes a line, all."""


@pytest.fixture(scope="module")
def town(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The demo with everybody in it."""
    yield built(seeded, tmp_path_factory.mktemp("access"))


def drawn(way, row):
    """Who tries a way now: the visitor, the first to whom it opens, and one in so many of the others."""
    opens = [who for who in PLACES if row[who] in (OPEN, NOT_NOW)][:1]
    others = [who for who in PLACES if crc32(" ".join((*way, *who)).encode()) % ONE_IN == 0]
    return {PLACES[0], *opens, *others}


def agrees(said, met, method):
    """Whether that is what the table says; how far a thing has come by the day of the demo is for the stage tables."""
    return said == met or (method == "POST" and {said, met} == {OPEN, NOT_NOW})


def differences(town, rows):
    """Where somebody meets something else than the table says: the way, who, what it says and what they met."""
    found = []
    for way, row in sorted(rows.items()):
        for who in sorted(drawn(way, row)):
            met = town.meets(who, way[1], way[0])
            found += [] if agrees(row[who], met, way[1]) else [(*way, " ".join(who), row[who], met)]
    return found


def test_everybody_meets_what_the_table_says(town):
    assert differences(town, table.cells()) == []


def test_every_way_into_these_rooms_stands_in_the_table(town):
    assert table.ways(town.app) - table.cells().keys() == set(), "give each a line in tests/taskforces/access/table.txt"
    assert table.cells().keys() - table.ways(town.app) == set(), "these are gone"


def test_the_table_lets_nobody_but_a_person_of_the_place_act():
    """A form that opens to a stranger is one that asks nothing of them; each is named here."""
    forms = {way: row for way, row in table.cells().items() if way[1] == "POST"}
    strangers = [(role, place) for role, place in PLACES if place == FOREIGN]
    assert {way[0] for way, row in forms.items() if any(row[who] == OPEN for who in strangers)} == {
        "asking.ask",
        "asking.rate",
        "seats.constitute",
        "setbacks.tell",
        "signing.sign",
    }
    assert {way[0] for way, row in forms.items() if row["admin", OWN] == OPEN} <= {
        "asking.ask",
        "asking.rate",
        "setbacks.tell",
        "signing.sign",
    }


def noticed(town, monkeypatch, endpoint):
    """What the matrix says of one page when everybody tries it."""
    monkeypatch.setattr(f"{__name__}.ONE_IN", 1)
    way = (endpoint, "GET")
    return {(who, said, met) for *_way, who, said, met in differences(town, {way: table.cells()[way]})}


def test_the_matrix_notices_a_view_whose_marker_is_gone(town, monkeypatch):
    """The twin: the clerk's week, open to whoever has signed in."""
    assert noticed(town, monkeypatch, "week.show") == set()
    monkeypatch.setattr(town.app.view_functions["week.show"], "access", "signed in")
    assert ("resident own", REFUSED, OPEN) in noticed(town, monkeypatch, "week.show")


def test_the_matrix_notices_a_rule_of_standing_that_is_gone(town, monkeypatch):
    """The twin: were every deed open to anybody, a member of another task force would report a setback here."""
    assert noticed(town, monkeypatch, "setbacks.report") == set()
    monkeypatch.setattr(policies, "may", lambda *_: True)
    assert ("member foreign", REFUSED, OPEN) in noticed(town, monkeypatch, "setbacks.report")


def test_the_matrix_notices_a_way_without_a_line(town, monkeypatch):
    rows = table.cells()
    del rows["week.show", "GET"]
    monkeypatch.setattr(table, "cells", lambda: rows)
    with pytest.raises(AssertionError, match="give each a line"):
        test_every_way_into_these_rooms_stands_in_the_table(town)

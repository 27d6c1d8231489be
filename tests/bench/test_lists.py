"""The measure of the lists works before anybody waits for it."""

import re

from click.testing import CliRunner

from bench import lists


def test_a_tiny_measure_tells_every_page_and_no_page_takes_more_statements_on_a_longer_list():
    arguments = ["--small", "13", "--large", "26", "--turns", "1"]
    said = CliRunner().invoke(lists.lists, arguments, catch_exceptions=False).output
    rows = [line for line in said.splitlines() if " ms" in line and not line.startswith("aims")]
    assert [row[:22].strip() for row in rows] == list(lists.PAGES)
    assert all(int(re.findall(r"\d+", row)[-1]) <= lists.MOST_STATEMENTS for row in rows)


def test_a_page_that_misses_an_aim_has_a_star():
    quick, slow = (lists.Town(app=None, size=n, category=0) for n in (1, 2))
    for town, seconds in ((quick, 0.01), (slow, 0.02)):
        town.processor, town.clock, town.statements = {"x": [seconds]}, {"x": [seconds]}, {"x": 3}
    assert lists.row("x", quick, slow).endswith("*") and not lists.row("x", quick, quick).endswith("*")

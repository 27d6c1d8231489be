"""Long tables have columns of a fixed width, told from their words; short ones are left to the library."""

from xml.etree.ElementTree import fromstring

import pytest

from app.core.printing.columns import LONG, fix, widths

HEADS = ["Setback", "About", "Found", "Days"]
ROW = ["The lamp on the corner of Mill Lane was broken again", "Lamps on Mill Lane", "Mar 3, 2026", "12"]


def table(rows: int, cell: str = "<td>1</td>"):
    """A page with a table of so many rows, its head among them."""
    body = f"<tr><th>Lamp</th>{cell}</tr>" * (rows - 1)
    head = "<caption>Lamps</caption><thead><tr><th>Lamp</th><th>Days</th></tr></thead>"
    return fromstring(f"<html><body><table class='ll-table'>{head}<tbody>{body}</tbody></table></body></html>")


def columns(page) -> list[str]:
    """The widths that its columns were given."""
    return [each.get("style") for each in page.iter("col")]


def test_a_short_table_is_left_to_the_library():
    page = table(LONG)
    fix(page)
    assert not columns(page) and page.find(".//table").get("class") == "ll-table"


def test_a_long_table_has_a_width_for_each_column_after_its_caption():
    page = table(LONG + 1)
    fix(page)
    found = page.find(".//table")
    assert len(columns(page)) == 2
    assert [each.tag for each in found][:2] == ["caption", "colgroup"]
    assert found.get("class") == "ll-table is-long" and found.get("style").startswith("table-layout:fixed")


def test_merged_cells_are_left_to_the_library():
    page = table(LONG + 1, "<td colspan='2'>1</td>")
    fix(page)
    assert not columns(page)


def test_days_and_numbers_keep_to_one_line_and_words_share_what_is_left():
    title, about, found, days = widths([HEADS, *[ROW] * 80])
    assert (found, days) == ("7.80em", "4.20em")
    assert title.startswith("calc(6.00em + (100% - ") and about.startswith("calc(4.80em + (100% - ")
    assert share(title) > share(about) > 0.2 and share(title) + share(about) == pytest.approx(1, abs=0.001)


def share(width: str) -> float:
    """The part of what is left that a column has."""
    return float(width.removesuffix(")").rsplit("* ", 1)[1])


def test_one_cell_of_400_letters_fills_a_few_lines_and_leaves_room_to_the_others():
    short = ["Lamps at the corner", *ROW[1:]]
    as_ever, stretched = widths([HEADS, *[short] * 80]), widths([HEADS, ["W" * 400, *ROW[1:]], *[short] * 80])
    assert share(as_ever[0]) < 0.6 and 0.7 < share(stretched[0]) < 0.9


def test_the_mark_of_a_status_has_its_room():
    cells = ["<td><span class='ll-tag'>Late</span></td>", "<td><span>Late</span></td>"]
    marked, plain = table(LONG + 1, cells[0]), table(LONG + 1, cells[1])
    fix(marked), fix(plain)
    assert em(columns(marked)[1]) > em(columns(plain)[1])


def em(width: str) -> float:
    """What a column has in any case."""
    return float(width.removeprefix("width:").removeprefix("calc(").partition("em")[0])


def test_columns_of_numbers_only_share_the_whole_line():
    found = widths([["Lamp", "Days"], *[["1", "12"]] * 80])
    assert sum(map(share, found)) == pytest.approx(1, abs=0.001)


def test_so_many_short_columns_that_none_has_room_share_the_line():
    found = widths([HEADS * 3, *[["Mar 30, 2026"] * 12] * 80])
    assert sum(map(share, found)) == pytest.approx(1, abs=0.001)


@pytest.mark.parametrize("cells", [["", ""], ["", "1"], ["ж" * 20, "街灯" * 20]])
def test_no_column_is_without_a_width(cells):
    assert all(em(width) > 1 for width in widths([["", ""], *[cells] * 80]))


def test_a_row_with_fewer_cells_is_told_as_if_the_others_were_empty():
    assert len(widths([HEADS, ["none"]])) == 4

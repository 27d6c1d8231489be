"""How wide the columns of a long table are, told from its words: measuring each cell takes longer than setting it."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import zip_longest
from xml.etree.ElementTree import Element, SubElement

LONG = 60
"""Tables of more rows get their widths from here; shorter ones are measured by the library, which is exact."""
SHORT = 16
"""A column whose longest cell has at most so many letters keeps it on one line."""
MOST_SHORT = 46
"""Letters that columns of short cells may take together, of about eighty in a line: the others need room, too."""
MOST_LETTERS, LEAST_LETTERS = 46, 10
LETTER, ROOM = 0.6, 1.2
"""Em that a letter takes at most on average, and that a cell keeps free on both sides together."""
BOLD = 1
"""Letters by which a word of a head is longer, since it is bold."""
WIDE = frozenset("WF")
SPACE = re.compile(r"\s+")


@dataclass(frozen=True, kw_only=True)
class Column:
    """What a column's cells need, in letters: the longest, the longest word in any, and what most of them have."""

    longest: int
    word: int
    most: int

    @property
    def is_short(self) -> bool:
        """Whether each of its cells is to stay on one line, as sums and days do."""
        return self.longest <= SHORT


def fix(page: Element) -> None:
    """Give every long table of a page fixed columns, so that what it takes grows with its rows and no faster."""
    for table in page.iter("table"):
        rows = list(table.iter("tr"))
        if len(rows) <= LONG or any(cell.get("colspan") or cell.get("rowspan") for row in rows for cell in row):
            continue
        group = Element("colgroup")
        for width in widths([_letters(row) for row in rows]):
            SubElement(group, "col", style=f"width:{width}")
        captions = sum(each.tag == "caption" for each in table)
        table.insert(captions, group)
        table.set("style", f"table-layout:fixed;{table.get('style', '')}")
        table.set("class", f"{table.get('class', '')} is-long".strip())


def widths(rows: list[list[str]]) -> list[str]:
    """A CSS width for each column of these cells; the first row is that of the heads."""
    columns = [_column(cells) for cells in zip_longest(*rows, fillvalue="")]
    short = [column.is_short for column in columns]
    if sum(column.longest + ROOM / LETTER for column in columns if column.is_short) > MOST_SHORT or all(short):
        short = [False] * len(columns)
    taken = sum(_em(column.longest) for column, is_short in zip(columns, short, strict=True) if is_short)
    weights = [0 if is_short else _weight(column) for column, is_short in zip(columns, short, strict=True)]
    return [
        f"{_em(column.longest):.2f}em" if not weight else f"calc((100% - {taken:.2f}em) * {weight / sum(weights):.4f})"
        for column, weight in zip(columns, weights, strict=True)
    ]


def _em(letters: int) -> float:
    return letters * LETTER + ROOM


def _weight(column: Column) -> float:
    return _em(max(min(column.most, MOST_LETTERS), min(column.word, MOST_LETTERS), LEAST_LETTERS))


def _column(cells: tuple[str, ...]) -> Column:
    """Its head may break between words; its cells are kept whole where they are short."""
    head, *body = cells
    head_word = max((_size(word) + BOLD for word in head.split()), default=0)
    sizes = sorted(map(_size, body)) or [0]
    return Column(
        longest=max(sizes[-1], head_word),
        word=max(head_word, *(_size(word) for cell in set(body) for word in cell.split()), 1),
        most=sizes[len(sizes) * 9 // 10 - (len(sizes) >= 10)],
    )


def _size(words: str) -> int:
    return (
        len(words) if words.isascii() else sum(2 if unicodedata.east_asian_width(each) in WIDE else 1 for each in words)
    )


def _letters(row: Element) -> list[str]:
    return [SPACE.sub(" ", "".join(cell.itertext())).strip() for cell in row]

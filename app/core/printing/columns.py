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
MOST_LETTERS, MOST_LINES, MOST_WORD = 46, 9, 14
"""Of a column of words: what it asks for at most, in how many lines the longest cell should fit, its longest word."""
LETTER, ROOM = 0.6, 1.2
"""Em that a letter takes at most on average, and that a cell keeps free on both sides together."""
BOLD = 1
"""Letters by which a word of a head is longer, since it is bold."""
WIDE = frozenset("WF")
MARKED, MARK = "ll-tag", "___"
"""The class of a status, and as many letters as its mark takes."""
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

    @property
    def wish(self) -> int:
        """Letters it would like beyond its longest word: those of most cells, more where one fills many lines."""
        return max(min(max(self.most, self.longest // MOST_LINES), MOST_LETTERS) - min(self.word, MOST_WORD), 1)


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
    """A CSS width for each column of these cells; the first row is that of the heads.

    Short columns keep to one line. The others get their longest word, and share what is left by what they have to say.
    """
    columns = [_column(cells) for cells in zip_longest(*rows, fillvalue="")]
    short = [column.is_short for column in columns]
    if sum(column.longest + ROOM / LETTER for column in columns if column.is_short) > MOST_SHORT or all(short):
        short = [False] * len(columns)
    told = list(zip(columns, short, strict=True))
    sure = [_em(each.longest if keeps else min(each.word, MOST_WORD)) for each, keeps in told]
    wishes = [0 if keeps else each.wish for each, keeps in told]
    left = f"(100% - {sum(sure):.2f}em)"
    return [
        f"calc({em:.2f}em + {left} * {wish / sum(wishes):.4f})" if wish else f"{em:.2f}em"
        for em, wish in zip(sure, wishes, strict=True)
    ]


def _em(letters: int) -> float:
    return letters * LETTER + ROOM


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
    """What its cells say; a cell with a mark before its words, as a status has, is longer by the mark's width."""
    return [_marked(cell) + SPACE.sub(" ", "".join(cell.itertext())).strip() for cell in row]


def _marked(cell: Element) -> str:
    return MARK if any(MARKED in each.get("class", "").split() for each in cell) else ""

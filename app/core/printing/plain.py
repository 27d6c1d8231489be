"""A page as plain text, for those who read by ear, by touch or on the simplest of screens: each thing on a line."""

import textwrap
from dataclasses import dataclass, field
from html.parser import HTMLParser

WIDE = 76
"""Characters in a line."""
HEADS = {"h1": "=", "h2": "-"}
"""What first and second headings are underlined with."""
BLOCKS = frozenset(
    "p div section article header footer ul ol dl dt dd li table caption tr h1 h2 h3 h4 h5 h6 br blockquote".split()
)
PASSED_OVER = frozenset({"script", "style", "svg"})


def text(html: str) -> str:
    """The words of an HTML page in lines of at most WIDE characters, but for addresses, which are never broken.

    A drawing is left out: the words and the table beside it say the same. Each row of a table becomes a line for each
    cell, with its head before it.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_line()
    said = "\n".join(reader.out)
    while "\n\n\n" in said:
        said = said.replace("\n\n\n", "\n\n")
    return said.strip() + "\n"


@dataclass
class _Table:
    heads: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    is_in_head: bool = False


class _Reader(HTMLParser):
    """Gathers words until something ends the line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.words: list[str] = []
        self.lists: list[int | None] = []
        self.tables: list[_Table] = []
        self.mark = ""
        self.passing = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """What begins: a new line, a list, a table, or something without words."""
        if tag in PASSED_OVER:
            self.passing += 1
        elif tag == "img":
            self.words.append(f" {dict(attrs).get('alt') or ''} ")
        elif tag in ("td", "th"):
            self._cut()
        elif tag == "dd" and self.words:
            self.words.append(" ")  # what is said of it stands behind its name
        elif tag in BLOCKS:
            self.end_line()
            self._open(tag)

    def _open(self, tag: str) -> None:
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6", "p", "table", "ul", "ol", "dl"):
            self.out.append("")
        if tag == "table":
            self.tables.append(_Table())
        elif tag in ("ul", "ol"):
            self.lists.append(0 if tag == "ol" else None)
        elif tag == "li" and self.lists:
            number = self.lists[-1]
            self.lists[-1] = None if number is None else number + 1
            self.mark = "- " if number is None else f"{number + 1}. "

    def handle_endtag(self, tag: str) -> None:
        """What ends."""
        if tag in PASSED_OVER:
            self.passing = max(0, self.passing - 1)
        elif tag in ("td", "th") and self.tables:
            self.tables[-1].cells.append(self._taken())
        elif tag == "tr" and self.tables:
            self._row(self.tables[-1])
        elif tag == "dt":
            self.words.append(":")
        elif tag in BLOCKS:
            self._close(tag)

    def _close(self, tag: str) -> None:
        self.end_line(under=HEADS.get(tag, ""))
        if tag == "table" and self.tables:
            self.tables.pop()
            self.out.append("")
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
            self.out.append("")

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self.passing:
            self.words.append(data)

    def _row(self, table: _Table) -> None:
        """The first row of a table has its heads; each cell of the others is told with its own."""
        self._cut()
        cells, table.cells = table.cells, []
        if not table.heads:
            table.heads = cells
            return
        for number, cell in enumerate(cells):
            head = table.heads[number] if number < len(table.heads) else ""
            self._say(f"{head}: {cell}" if head else cell, "* " if number == 0 else "  ")

    def _cut(self) -> None:
        if not (self.tables and self.tables[-1].cells):
            self.end_line()

    def _taken(self) -> str:
        said = " ".join("".join(self.words).split())
        self.words = []
        return said

    def end_line(self, *, under: str = "") -> None:
        """Write what was gathered as lines of their own."""
        said = self._taken()
        if said:
            self._say(said, self.mark)
            self.mark = ""
            if under:
                self.out.append(under * min(WIDE, len(said)))

    def _say(self, said: str, mark: str) -> None:
        self.out += textwrap.wrap(
            said,
            WIDE,
            initial_indent=mark,
            subsequent_indent=" " * len(mark),
            break_long_words=False,
            break_on_hyphens=False,
        )

"""A PDF read back as a screen reader would: its headings, tables and pictures, and what is wrong with them.

`paper(pdf)` gives the whole; `problems(paper, title=…, language=…)` says what a reader would miss. Tables are found by
their caption in the PDF (`Paper.table`), on the page (`table_of_page`) and in a CSV file (`table_of_csv`), as rows of
cells without any white space, so that the three can be compared.
"""

import csv
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO, StringIO

import pikepdf

from tests.browser import Page, text_of

Rows = list[list[str]]
PART = re.compile(r"^( *)(\w+)(?: <(?P<id>[^>]*)>)?(?: \((?:block|inline)\))?:?$")
WORDS = re.compile(r'^ *"(.*)"$')


@dataclass
class Part:
    """A part of a tagged PDF: its tag, the words in it and the parts in it, in their order."""

    tag: str
    words: list[str] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)
    alt: str | None = None
    id: str | None = None
    headers: tuple[str, ...] = ()

    def all(self, *tags: str) -> Iterator["Part"]:
        """Every part in it with one of these tags, in their order."""
        for part in self.parts:
            if part.tag in tags:
                yield part
            yield from part.all(*tags)


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table over all its pages: caption, the row of its heads, then all others."""

    caption: str
    head: list[str]
    rows: Rows


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What a PDF says of itself and how it is built; words without white space where they are compared."""

    title: str
    language: str
    is_tagged: bool
    shows_title: bool
    standard: str
    pages: int
    text: str
    bookmarks: list[tuple[int, str]]
    headings: list[tuple[int, str]]
    tables: list[Table]
    root: Part

    def table(self, caption: str) -> Rows:
        """The rows of the table with that caption, heads left out, its foot last."""
        found = [table.rows for table in self.tables if table.caption == bare(caption)]
        assert len(found) == 1, f"{len(found)} tables «{caption}» among {[table.caption for table in self.tables]}"
        return found[0]

    def says(self, words: str) -> bool:
        """Whether these words stand in it, wherever lines, cells and pages break: as read aloud, or as printed."""
        return bare(words) in _words(self.root) or bare(words) in bare(self.text)


def bare(words: str) -> str:
    """Words without white space: lines of a PDF break anywhere."""
    return "".join(words.split())


def paper(pdf: bytes) -> Paper:
    """A PDF, read."""
    with pikepdf.open(BytesIO(pdf)) as file, file.open_outline() as outline:
        metadata = file.open_metadata()
        found = {
            "title": str(file.docinfo.get("/Title", "")),
            "language": str(file.Root.get("/Lang", "")),
            "is_tagged": bool(file.Root.MarkInfo.Marked),
            "shows_title": bool(file.Root.ViewerPreferences.DisplayDocTitle),
            "standard": "ua" if metadata.get("pdfuaid:part") else "a" if metadata.get("pdfaid:part") else "",
            "pages": len(file.pages),
            "bookmarks": list(_bookmarks(outline.root)),
        }
        root = _built(_asked("pdfinfo", "-struct-text", pdf))
        _described(root, file.Root.StructTreeRoot.K)
    headings = [(int(part.tag[1]), _words(part)) for part in root.all("H1", "H2", "H3", "H4", "H5", "H6")]
    text = " ".join(_asked("pdftotext", "-layout", pdf).split())
    return Paper(**found, text=text, headings=headings, tables=_tables(root), root=root)


def problems(read: Paper, *, title: str, language: str = "en") -> list[str]:
    """What somebody who does not see the paper would miss; nothing for a good one."""
    found = [] if read.is_tagged and read.shows_title and read.standard else ["not marked as tagged, titled and to UA"]
    found += [] if title in read.title else [f"title is «{read.title}»"]
    found += [] if read.language == language else [f"language is «{read.language}»"]
    if [(level, bare(words)) for level, words in read.bookmarks] != read.headings:
        found.append(f"bookmarks {read.bookmarks} are not the headings {read.headings}")
    return found + _levels(read.headings) + _pictures(read.root) + _headers(read)


def table_of_page(page: Page, caption: str) -> Rows:
    """The rows of the table with that caption on a page of the site, heads left out, its foot last."""
    for table in page.all("table"):
        if [bare(text_of(each)) for each in table.iter("caption")] == [bare(caption)]:
            rows = [
                row for part in ("tbody", "tfoot") for each in table.iter(part) for row in each.iter("tr")
            ]
            return [[bare("".join(cell.itertext())) for cell in row] for row in rows]
    raise AssertionError(f"no table «{caption}» on {page.path}")


def table_of_csv(content: bytes) -> Rows:
    """The rows of a CSV file, the one of heads left out."""
    return [[bare(cell) for cell in row] for row in csv.reader(StringIO(content.decode("utf-8-sig")))][1:]


def _asked(*command: str | bytes) -> str:
    *words, pdf = command
    return subprocess.run(
        [*words, "-", *(["-"] if words[0] == "pdftotext" else [])], input=pdf, capture_output=True, check=True
    ).stdout.decode()


def _bookmarks(items: list[pikepdf.OutlineItem], level: int = 1) -> Iterator[tuple[int, str]]:
    for item in items:
        yield level, item.title
        yield from _bookmarks(item.children, level + 1)


def _built(said: str) -> Part:
    """The tree that `pdfinfo -struct-text` prints, by its indents."""
    root = Part("Root")
    path: list[tuple[int, Part]] = [(-1, root)]
    for line in said.splitlines():
        words, part = WORDS.match(line), PART.match(line)
        depth = len(line) - len(line.lstrip())
        if words is None and part is None:
            continue  # an attribute
        while path[-1][0] >= depth:
            path.pop()
        holder = path[-1][1]
        if words is not None:
            holder.words.append(words[1])
            holder.parts.append(Part("words", [words[1]]))
        elif part is not None:
            made = Part(part[2], id=part["id"])
            holder.parts.append(made)
            path.append((depth, made))
    return root


def _described(root: Part, tree: pikepdf.Object) -> None:
    """Give the parts their alternative texts and heads, which the printed tree leaves out."""
    told = list(_elements(tree))
    parts = [part for part in root.all("Figure", "TD")]
    assert len(told) == len(parts), "the two readings of the structure differ"
    for part, element in zip(parts, told, strict=True):
        part.alt = str(element.Alt) if "/Alt" in element else None
        about = element.get("/A", {})
        part.headers = tuple(str(each) for each in about.get("/Headers", ())) if part.tag == "TD" else ()


def _elements(tree: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for each in tree if isinstance(tree, pikepdf.Array) else [tree]:
        if isinstance(each, pikepdf.Dictionary) and "/S" in each:
            if str(each.S) in ("/Figure", "/TD"):
                yield each
            if "/K" in each:
                yield from _elements(each.K)


def _words(part: Part) -> str:
    if part.tag == "words":
        return bare(part.words[0])
    return "".join(_words(each) for each in part.parts)


def _tables(root: Part) -> list[Table]:
    found: list[Table] = []
    for part in root.all("Table"):
        captions = [_words(each) for each in part.all("Caption")]
        head, *rows = [[_words(cell) for cell in row.parts] for row in part.all("TR")] or [[]]
        if not captions and found and found[-1].head == head:
            found[-1].rows.extend(rows)  # it goes on from the page before
        else:
            found.append(Table(caption="".join(captions), head=head, rows=rows))
    return found


def _levels(headings: list[tuple[int, str]]) -> list[str]:
    levels = [level for level, _ in headings]
    found = [] if levels.count(1) == 1 and levels[0] == 1 else ["not one first heading"]
    found += [
        f"a level is skipped before «{headings[i + 1][1]}»"
        for i, level in enumerate(levels[:-1])
        if levels[i + 1] > level + 1
    ]
    return found + [f"a heading without words, level {level}" for level, words in headings if not words]


def _pictures(root: Part) -> list[str]:
    return ["a picture without words"] * sum(not (part.alt or "").strip() for part in root.all("Figure"))


def _headers(read: Paper) -> list[str]:
    heads = {part.id for part in read.root.all("TH")}
    cells = list(read.root.all("TD"))
    found = [
        f"cell «{_words(cell)}» has no heads"
        for cell in cells
        if not cell.headers or not heads.issuperset(cell.headers)
    ]
    found += ["a table without a caption"] * sum(not table.caption for table in read.tables)
    for table in read.tables:
        rows = [table.head, *table.rows]
        if len({len(row) for row in rows}) != 1:
            found.append(f"rows of unequal length in «{table.caption}»")
        if not all(all(row) for row in rows):
            found.append(f"an empty cell in «{table.caption}»: {next(row for row in rows if not all(row))}")
    return found

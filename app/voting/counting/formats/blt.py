"""BLT files (the ballot format of Wichmann and OpenSTV): read whole or refused with a line number, and written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.voting.counting.formats.lines import BadFile, decode, one_line
from app.voting.counting.formats.ranked_files import MOST_BALLOTS, RankedFile, grouped, spread
from app.voting.counting.records import MOST_OPTIONS

SKIPPED = "-"

_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)
_GONE = re.compile(r"-[0-9]{1,9}", re.ASCII)
_QUOTED = re.compile(r'"(.*?)"\s*(?:#.*)?')  # the shortest text whose rest is nothing or a comment
_BALLOT_ID = re.compile(r"\([^()]*\)")
_NOT_A_COMMENT = re.compile(r'"\s*#')


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line with something on it: its number from 1, its text, and its cells without a comment."""

    number: int
    text: str

    @property
    def is_quoted(self) -> bool:
        """Whether it is a name or a title."""
        return self.text.startswith('"')

    @property
    def cells(self) -> list[str]:
        """What stands on the line, parted by white space."""
        return self.text.partition("#")[0].split()


def read(data: bytes) -> RankedFile:
    """Read a BLT file; option ids are its candidate numbers.

    First line: candidates and seats. Then, if any have withdrawn, their numbers as negatives. Then a ballot a line
    (weight, candidates best first, 0), a line 0, a quoted name a line, a quoted title. Blank lines, white space,
    comments (#), a ballot's own id in brackets and a missing title are tolerated. A skipped rank (-) is passed over, so
    that later choices move up, with a warning. Raises BadFile with the line for everything else, equal ranks included.
    """
    text = decode(data)
    lines = _lines(text)
    last = text.rstrip().count("\n") + 1
    candidates, seats = _head(next(lines, None), last)
    line, withdrawn = _withdrawn(lines, candidates)
    ballots, skipped = _ballots(line, lines, candidates, last)
    names, title, beyond = _names(lines, candidates, last)
    warnings = [f"ballots that skip a rank, so that their later choices move up: {skipped}"] if skipped else []
    warnings += [f"line {line.number}: what follows the title is passed over" for line in beyond[:1]]
    return RankedFile(
        ids=tuple(str(number) for number in range(1, candidates + 1)),
        names=names,
        ballots=spread(ballots),
        title=title,
        seats=seats,
        withdrawn=frozenset(withdrawn),
        warnings=tuple(warnings),
    )


def write(file: RankedFile) -> bytes:
    """The rankings as a BLT file, equal ballots together in the order of their bytes, so that order tells nothing.

    Raises ValueError for a name or title the format cannot carry.
    """
    texts = [one_line(text) for text in (*file.names, file.title)]
    if any(_NOT_A_COMMENT.search(text) for text in texts):
        raise ValueError("a name in a BLT file cannot hold a quotation mark followed by #")
    out = [f"{len(file.names)} {file.seats or 1}"]
    if file.withdrawn:
        out.append(" ".join(f"-{number}" for number in sorted(file.withdrawn)))
    out += [" ".join(map(str, (weight, *ranking, 0))) for weight, ranking in grouped(file.ballots)]
    return "\n".join([*out, "0", *(f'"{text}"' for text in texts), ""]).encode()


def _lines(text: str) -> Iterator[Line]:
    for number, raw in enumerate(text.split("\n"), start=1):
        line = Line(number=number, text=raw.strip())
        if line.text and (line.is_quoted or line.cells):
            yield line


def _head(line: Line | None, last: int) -> tuple[int, int]:
    if line is None:
        raise BadFile(last, "the file is empty")
    if len(line.cells) != 2 or not all(_NUMBER.fullmatch(cell) for cell in line.cells):
        raise BadFile(line.number, "the first line gives two numbers: candidates and seats")
    candidates, seats = map(int, line.cells)
    if not 1 <= candidates <= MOST_OPTIONS or seats < 1:
        raise BadFile(line.number, f"{candidates} candidates for {seats} seats cannot be counted")
    return candidates, seats


def _withdrawn(lines: Iterator[Line], candidates: int) -> tuple[Line | None, set[int]]:
    """The numbers of those who have withdrawn, and the first line that tells of none."""
    gone: set[int] = set()
    for line in lines:
        if line.is_quoted or not _GONE.fullmatch(line.cells[0]):
            return line, gone
        for cell in line.cells:
            if not _GONE.fullmatch(cell) or not 1 <= -int(cell) <= candidates:
                raise BadFile(line.number, f"{cell!r} is not the negative number of a candidate who has withdrawn")
            gone.add(-int(cell))
    return None, gone


def _ballots(
    line: Line | None, lines: Iterator[Line], candidates: int, last: int
) -> tuple[list[tuple[int, list[int]]], int]:
    """Every ballot up to the line 0, and how many of them skip a rank."""
    found, ballots, skipped = [], 0, 0
    while line is not None and line.cells != ["0"]:
        weight, ranking, has_gap = _ballot(line, candidates)
        found.append((weight, ranking))
        ballots, skipped = ballots + weight, skipped + weight * has_gap
        if ballots > MOST_BALLOTS:
            raise BadFile(line.number, f"more than {MOST_BALLOTS} ballots")
        line = next(lines, None)
    if line is None:
        raise BadFile(last, "the line 0 that ends the ballots is missing")
    return found, skipped


def _ballot(line: Line, candidates: int) -> tuple[int, list[int], bool]:
    if line.is_quoted:
        raise BadFile(line.number, "a name, but the line 0 that ends the ballots is missing")
    cells = line.cells[1:] if _BALLOT_ID.fullmatch(line.cells[0]) else line.cells
    if not cells or not _NUMBER.fullmatch(cells[0]) or int(cells[0]) == 0:
        raise BadFile(line.number, f"weight {next(iter(cells), '')!r} is not a whole number of ballots")
    if len(cells) == 1 or cells[-1] != "0":
        raise BadFile(line.number, "the ballot does not end with 0")
    choices = cells[1:-1]
    ranking: list[int] = []
    for cell in choices:
        if cell != SKIPPED:
            ranking.append(_choice(cell, ranking, candidates, line.number))
    return int(cells[0]), ranking, SKIPPED in choices


def _choice(cell: str, before: list[int], candidates: int, line: int) -> int:
    if "=" in cell:
        raise BadFile(line, f"equal ranks ({cell}) cannot be counted: a ballot has one choice a rank")
    if not _NUMBER.fullmatch(cell):
        raise BadFile(line, f"{cell!r} is not the number of a candidate")
    number = int(cell)
    if number == 0:
        raise BadFile(line, "a 0 stands before the end of the ballot")
    if number > candidates:
        raise BadFile(line, f"the ballot names candidate {number}, but there are {candidates}")
    if number in before:
        raise BadFile(line, f"the ballot names candidate {number} twice")
    return number


def _names(lines: Iterator[Line], candidates: int, last: int) -> tuple[tuple[str, ...], str, list[Line]]:
    """The names, the title, and the lines that stand beyond them."""
    rest = list(lines)
    texts = []
    for line in rest[: candidates + 1]:
        quoted = _QUOTED.fullmatch(line.text)
        if quoted is None:
            raise BadFile(line.number, "a name or title stands in straight quotation marks")
        texts.append(quoted[1].strip())
    if len(texts) < candidates:
        raise BadFile(last, f"{len(texts)} names for {candidates} candidates")
    return tuple(texts[:candidates]), "".join(texts[candidates:]), rest[candidates + 1 :]

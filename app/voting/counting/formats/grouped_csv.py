"""Grouped rankings as a plain CSV (count,ranking): read whole or refused with a line number, and written."""

import csv
import io
import re
from collections.abc import Iterator

from app.voting.counting.formats.lines import BadFile, decode
from app.voting.counting.formats.ranked_files import MOST_BALLOTS, RankedFile, grouped, spread
from app.voting.counting.records import MOST_OPTIONS

PARTED = " > "
COLUMNS = ("count", "ranking")

_COUNT = re.compile(r"[0-9]{1,9}", re.ASCII)
_PARTED = re.compile(r"(?<=\s)>(?=\s)")


def read(data: bytes) -> RankedFile:
    """Read rows of a count and the names it ranks, best first, parted by " > "; an empty ranking is a blank ballot.

    Options are the names that occur, in alphabetical order of their code points, so that the order of rows decides
    nothing; the name is the id. A byte order mark, CRLF, blank lines, other columns and semicolons for commas are
    tolerated. Raises BadFile with the line for everything else.
    """
    text = decode(data)
    rows = list(_rows(text))
    names = tuple(sorted({name for _, _, ranking in rows for name in ranking}))
    if len(names) > MOST_OPTIONS:
        raise BadFile(text.count("\n") + 1, f"more than {MOST_OPTIONS} names")
    numbers = {name: number for number, name in enumerate(names, start=1)}
    total = 0
    for line, count, _ in rows:
        total += count
        if total > MOST_BALLOTS:
            raise BadFile(line, f"more than {MOST_BALLOTS} ballots")
    ballots = spread([(count, [numbers[name] for name in ranking]) for _, count, ranking in rows])
    return RankedFile(ids=names, names=names, ballots=ballots)


def write(file: RankedFile) -> bytes:
    """The rankings as CSV, equal ballots together, rows in the order of the bytes of their rankings.

    Names stand in the file, ids where two options share a name. Raises ValueError for what the format cannot carry: a
    name with its own " > ", white space around it or nothing in it, and options that have withdrawn.
    """
    if file.withdrawn:
        raise ValueError("a grouped CSV cannot say who has withdrawn")
    names = file.names if len(set(file.names)) == len(file.names) else file.ids
    if any(not name or name != name.strip() or _PARTED.search(f" {name} ") or "\n" in name for name in names):
        raise ValueError('a name in a grouped CSV is one line without " > "')
    rows = [(PARTED.join(names[n - 1] for n in ranking), weight) for weight, ranking in grouped(file.ballots)]
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows((weight, ranking) for ranking, weight in sorted(rows, key=lambda row: row[0].encode()))
    return out.getvalue().encode()


def _rows(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Line, count and names of every row."""
    first = text.partition("\n")[0]
    delimiter = ";" if ";" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    where: dict[str, int] | None = None
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if where is None:
                where = _columns(cells, reader.line_num)
            else:
                yield reader.line_num, *_row(cells, where, reader.line_num)
    except csv.Error as error:
        raise BadFile(max(reader.line_num, 1), f"this is not CSV: {error}") from error
    if where is None:
        raise BadFile(1, "there is no header count,ranking")


def _columns(cells: list[str], line: int) -> dict[str, int]:
    names = [cell.strip().lower() for cell in cells]
    for name in COLUMNS:
        if names.count(name) != 1:
            raise BadFile(line, f"the header needs one column {name}")
    return {name: names.index(name) for name in COLUMNS}


def _row(cells: list[str], where: dict[str, int], line: int) -> tuple[int, list[str]]:
    if len(cells) <= max(where.values()):
        raise BadFile(line, f"{len(cells)} cells, but the header has at least {max(where.values()) + 1}")
    count, ranking = (cells[where[name]].strip() for name in COLUMNS)
    if not _COUNT.fullmatch(count) or int(count) == 0:
        raise BadFile(line, f"count {count!r} is not a whole number of ballots")
    names = [name.strip() for name in _PARTED.split(f" {ranking} ")] if ranking else []
    if not all(names):
        raise BadFile(line, "the ranking has an empty name")
    if len(set(names)) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise BadFile(line, f"the ranking names {twice!r} twice")
    return int(count), names

"""What somebody with the whole machine can read after a vote: rows, hidden columns, pages, journals and files.

Nothing here knows the schema of a vote: every table and every file is searched for what belongs to one voter or to one
counted ballot, so that a table added tomorrow is attacked too.
"""

import json
import secrets
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import sqlalchemy as sa

Item = Hashable
Orders = dict[str, list[Item]]
NAMES_OF_PEOPLE = frozenset({"person_id", "voter_id"})
"""Under these names JSON holds the ids of people."""
LEAST_SHARE = 0.5
"""An order that holds fewer of the voters or ballots than this is not tried."""


@dataclass
class Side:
    """Voters, or counted ballots: which values in the database are theirs, and the orders in which they were found."""

    whose: dict[Any, Item]
    size: int
    orders: Orders = field(default_factory=dict)

    def note(self, name: str, ranked: Sequence[tuple[Any, Item]]) -> None:
        """Keep the order that these keys give; equal keys say nothing, so chance orders them."""
        first: dict[Item, Any] = {}
        for key, item in ranked:
            first.setdefault(item, key)
        if len(first) < max(2, LEAST_SHARE * self.size):
            return
        drawn = sorted(first, key=lambda item: (first[item], secrets.randbits(64)))
        self.orders[name] = drawn


@dataclass
class Traces:
    """Everything found: both sides' orders, and the pairs that one value or one transaction joins."""

    voters: Side
    ballots: Side
    joins: dict[str, list[tuple[Item, Item]]] = field(default_factory=dict)


def whose(values: Mapping[Any, Item]) -> dict[Any, Item]:
    """The same values also as hex and hashed, as somebody might have written them down."""
    found: dict[Any, Item] = {}
    for value, item in values.items():
        found[value] = item
        if isinstance(item, tuple):
            found[",".join(map(str, item))] = item  # as rankings stand in JSON
        if isinstance(value, bytes):
            found |= {value.hex(): item, sha256(value).digest(): item, sha256(value).hexdigest(): item}
    return found


def read_tables(connection: sa.Connection, traces: Traces, people: frozenset[tuple[str, str]]) -> None:
    """Every order and every join that the tables give; `people` are the columns (table, column) with a person's id."""
    tables = sa.inspect(connection).get_table_names()
    keyed: dict[str, list[tuple[Any, Item]]] = {}
    for table in tables:
        rows = _rows(connection, table)
        for side, label in ((traces.voters, "voter"), (traces.ballots, "ballot")):
            found = [(row, _item(side, table, row, people)) for row in rows]
            mine = [(row, item) for row, item in found if item is not None]
            if len({item for _row, item in mine}) >= max(2, LEAST_SHARE * side.size):
                _note_columns(side, table, mine)
                keyed[f"{label} {table}"] = mine
    traces.joins |= _joins(keyed)


def _rows(connection: sa.Connection, table: str) -> list[dict[str, Any]]:
    hidden = "ctid::text AS ctid, xmin::text::bigint AS xmin, cmin::text::bigint AS cmin, "
    if connection.dialect.name == "sqlite":
        ddl = connection.execute(sa.text("SELECT sql FROM sqlite_master WHERE name = :t"), {"t": table}).scalar_one()
        hidden = "" if "WITHOUT ROWID" in ddl else "rowid AS rowid_, "
    found = connection.execute(sa.text(f'SELECT {hidden}"{table}".* FROM "{table}"'))
    rows = [{"scan": n, **row} for n, row in enumerate(found.mappings())]
    for row in rows:
        if "ctid" in row:
            row["ctid"] = tuple(int(part) for part in row["ctid"].strip("()").split(","))
    return rows


def _item(side: Side, table: str, row: Mapping[str, Any], people: frozenset[tuple[str, str]]) -> Item | None:
    for column, value in row.items():
        for name, plain in _values(column, value):
            if isinstance(plain, bytes | str) and plain in side.whose:
                return side.whose[plain]
            if ((table, name) in people or name in NAMES_OF_PEOPLE) and ("person", plain) in side.whose:
                return side.whose["person", plain]
    return None


def _values(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """A value under its name; of JSON also everything in it, and a list as a whole, since rankings stand in some."""
    plain = bytes(value) if isinstance(value, memoryview) else value
    if isinstance(plain, str) and plain[:1] in ("{", "["):
        with suppress(ValueError):
            plain = json.loads(plain)
    if isinstance(plain, list):
        yield name, ",".join(map(str, plain))
    if isinstance(plain, dict | list):
        inside = plain.items() if isinstance(plain, dict) else ((name, each) for each in plain)
        for key, each in inside:
            yield from _values(key, each)
    else:
        yield name, plain


def _note_columns(side: Side, table: str, rows: Sequence[tuple[Mapping[str, Any], Item]]) -> None:
    for column in rows[0][0]:
        keys = [(row[column], item) for row, item in rows]
        if any(key is None for key, _item in keys) or not _sortable([key for key, _item in keys]):
            continue
        side.note(f"{table}.{column}", keys)
        if isinstance(keys[0][0], bytes):
            side.note(f"{table}.{column}, hashed", [(sha256(key).digest(), item) for key, item in keys])
            side.note(f"{table}.{column}, last bytes first", [(key[::-1], item) for key, item in keys])


def _sortable(keys: Sequence[Any]) -> bool:
    return len({type(key) for key in keys}) == 1 and isinstance(keys[0], int | str | bytes | tuple) or all(
        hasattr(key, "isoformat") for key in keys
    )


def _joins(keyed: Mapping[str, Sequence[tuple[Mapping[str, Any], Item]]]) -> dict[str, list[tuple[Item, Item]]]:
    """Pairs of a voter and a ballot that alone share a value, in whatever columns, or a row."""
    places: dict[str, dict[Any, set[Item]]] = {"voter": {}, "ballot": {}}
    origin: dict[Any, set[str]] = {}
    for name, rows in keyed.items():
        side, table = name.split(" ")
        for row, item in rows:
            for column, value in row.items():
                if column in ("scan", "ctid", "cmin", "rowid_") or value is None or isinstance(value, dict | list):
                    continue
                kind = "xmin" if column == "xmin" else "value"
                places[side].setdefault((kind, value), set()).add(item)
                origin.setdefault((kind, value), set()).add(f"{table}.{column}")
    joins: dict[str, list[tuple[Item, Item]]] = {}
    for key, voters in places["voter"].items():
        ballots = places["ballot"].get(key, set())
        if len(voters) == len(ballots) == 1:
            joins.setdefault(" = ".join(sorted(origin[key])), []).append((next(iter(voters)), next(iter(ballots))))
    return joins


def read_bytes(name: str, data: bytes, side: Side) -> None:
    """The orders in which the raw bytes of this side's values appear in `data`, first and last places."""
    needles = {value: item for value, item in side.whose.items() if isinstance(value, bytes) and len(value) >= 16}
    first: dict[bytes, int] = {}
    last: dict[bytes, int] = {}
    for at, needle in _found(data, needles):
        first.setdefault(needle, at)
        last[needle] = at
    for length in sorted({len(needle) for needle in needles}):
        for label, places in (("first", first), ("last", last)):
            ranked = [(at, needles[needle]) for needle, at in places.items() if len(needle) == length]
            side.note(f"{name}, {label} places of {length} bytes", sorted(ranked, key=lambda pair: pair[0]))


def _found(data: bytes, needles: Mapping[bytes, Item]) -> Iterator[tuple[int, bytes]]:
    """Every place of every needle, in order; one pass, by their first four bytes."""
    if len(data) < 4 or not needles:
        return
    raw = np.frombuffer(data, dtype=np.uint8).astype(np.uint32)
    begins = np.zeros(1 << 16, dtype=bool)
    begins[[int.from_bytes(needle[:2], "big") for needle in needles]] = True
    near = np.flatnonzero(begins[raw[:-3] << 8 | raw[1:-2]])
    windows = raw[near] << 24 | raw[near + 1] << 16 | raw[near + 2] << 8 | raw[near + 3]
    starts = np.array(sorted({int.from_bytes(needle[:4], "big") for needle in needles}), dtype=np.uint32)
    lengths = sorted({len(needle) for needle in needles})
    for at in near[np.isin(windows, starts)]:
        for length in lengths:
            piece = data[at : at + length]
            if piece in needles:
                yield int(at), piece


def read_text(name: str, text: str, side: Side) -> None:
    """The orders in which what is this side's, as text, comes in `text`: a log, a table, a queue."""
    words = {value: item for value, item in side.whose.items() if isinstance(value, str) and len(value) >= 6}
    first = [(text.find(word), item) for word, item in words.items()]
    last = [(text.rfind(word), item) for word, item in words.items()]
    for label, places in (("first", first), ("last", last)):
        side.note(f"{name}, {label} places", sorted((p for p in places if p[0] >= 0), key=lambda pair: pair[0]))


def read_folder(folder: Path, traces: Traces) -> None:
    """The orders in every file below `folder`, and the order in which files that hold one item only were written."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_size < 64 << 20]
    read = [(path, path.read_bytes()) for path in paths]
    for side in (traces.voters, traces.ballots):
        times = [found for path, data in read if (found := _only(path, data, side)) is not None]
        side.note("times of files", sorted(times, key=lambda each: each[0]))
        for path, data in read:
            read_bytes(path.name, data, side)


def _only(path: Path, data: bytes, side: Side) -> tuple[int, Item] | None:
    """When a file was written, and the item it is about, if it is about one."""
    needles = {value: item for value, item in side.whose.items() if isinstance(value, bytes) and len(value) >= 16}
    items = {needles[needle] for _at, needle in _found(data, needles)}
    items |= {item for value, item in side.whose.items() if isinstance(value, str) and value in path.name}
    return (path.stat().st_mtime_ns, items.pop()) if len(items) == 1 else None

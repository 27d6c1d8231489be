"""A cycle's ledger to take home and check: CSV, JSON, and what each column means."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from app.core.tables import neutral
from app.cycles.rules import canonical
from app.taskforces.spending.chain.rules import Link, Written, plain

FORMAT = "lamplight-ledger/1"
COLUMNS = (*(each.name for each in fields(Written)), "hash")
TEXTS = ("counterparty", "purpose", "reference")

DICTIONARY: Mapping[str, Mapping[str, str]] = {
    "cycle": {"type": "integer", "description": "Number of the cycle whose ledger this is."},
    "number": {"type": "integer", "description": "Place of the entry in the cycle's chain, from 1, without gaps."},
    "entered_at": {"type": "datetime", "description": "When it was entered, in UTC, to the microsecond."},
    "on": {"type": "date", "description": "The day it is about, where the neighborhood is."},
    "kind": {
        "type": "string",
        "description": "pot_in, contingency_hold, allocate, contingency_release, commit, commit_change, expense,"
        " expense_reversal, reallocate_out, reallocate_in, return_to_pot or external_in.",
    },
    "amount_cents": {"type": "integer", "description": "Whole cents; below zero where money leaves or is taken back."},
    "project": {"type": "string", "description": "Public id of the project; empty for entries of the pot."},
    "commitment": {"type": "string", "description": "Public id of the commitment, if it belongs to one."},
    "counterparty": {"type": "string", "description": "An organization by name; a private person only by role."},
    "purpose": {"type": "string", "description": "What it is for, in plain words."},
    "reference": {"type": "string", "description": "Number of the booking in the council's finance system, if known."},
    "document": {"type": "string", "description": "SHA-256 of the document's file, if there is one."},
    "agreement": {"type": "string", "description": "SHA-256 of what both sides of the task force signed, if they did."},
    "reverses": {"type": "integer", "description": "Number of the entry that this one takes back, if it does."},
    "previous": {"type": "string", "description": "Hash of the entry before; 64 zeros for the first one."},
    "hash": {
        "type": "string",
        "description": "SHA-256 over the columns before it as JSON: keys sorted, no spaces, ASCII only (everything else"
        " as \\u escapes), numbers as numbers, empty cells as null.",
    },
}


def ledger_csv(links: Iterable[Link]) -> Iterator[str]:
    """The entries as CSV, line by line. A text that a spreadsheet would take for a formula gets an apostrophe."""
    yield _line(COLUMNS)
    for link in links:
        yield _line(cells(link))


def cells(link: Link) -> list[Any]:
    """An entry as a line of CSV has it, in the order of the columns."""
    facts = plain(link.entry) | {"hash": link.hash}
    return [_cell(name, facts[name]) for name in COLUMNS]


def ledger_json(links: Iterable[Link]) -> Iterator[str]:
    """The entries as JSON, each with its hash, one in a line."""
    yield f'{{"format":"{FORMAT}","entries":['
    for place, link in enumerate(links):
        yield (",\n" if place else "\n") + canonical(plain(link.entry) | {"hash": link.hash})
    yield "\n]}\n"


def dictionary_json() -> str:
    """What each column means."""
    columns = [{"name": name, **DICTIONARY[name]} for name in COLUMNS]
    note = "In the CSV a text that begins with = + - @ has an apostrophe before it, which is not part of the hash."
    return json.dumps({"format": FORMAT, "note": note, "columns": columns}, indent=1) + "\n"


def _line(cells: Iterable[Any]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def _cell(name: str, value: Any) -> Any:
    if value is None:
        return ""
    return neutral(value) if name in TEXTS else value

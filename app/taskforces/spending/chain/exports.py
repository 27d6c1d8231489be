"""A cycle's ledger to take home and check: CSV, JSON, and what each column means."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from app.cycles.rules import canonical
from app.taskforces.spending.chain.rules import Link, Written, plain
from app.voting.roll.imports.rules import neutral

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


def ledger_csv(links: Iterable[Link]) -> str:
    """The entries as CSV. A text that a spreadsheet would take for a formula has an apostrophe before it."""
    file = io.StringIO()
    table = csv.writer(file, lineterminator="\n")
    table.writerow(COLUMNS)
    for link in links:
        cells = plain(link.entry) | {"hash": link.hash}
        table.writerow([_cell(name, cells[name]) for name in COLUMNS])
    return file.getvalue()


def ledger_json(links: Iterable[Link]) -> str:
    """The entries as JSON, each with its hash."""
    entries = [plain(link.entry) | {"hash": link.hash} for link in links]
    return canonical({"format": FORMAT, "entries": entries})


def dictionary_json() -> str:
    """What each column means."""
    columns = [{"name": name, **DICTIONARY[name]} for name in COLUMNS]
    note = "In the CSV a text that begins with = + - @ has an apostrophe before it, which is not part of the hash."
    return json.dumps({"format": FORMAT, "note": note, "columns": columns}, indent=1) + "\n"


def _cell(name: str, value: Any) -> Any:
    if value is None:
        return ""
    return neutral(value) if name in TEXTS else value

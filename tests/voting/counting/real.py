"""Where tests find real ballots, which lie beside the project, and how they skip without them."""

import csv
import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.voting.counting.formats.pabulib import PbFile, read

DATA = Path(os.environ.get("LAMPLIGHT_DATA") or Path(__file__).parents[4] / "shared" / "data")

PB_FILES = sorted((DATA / "pb").glob("*.pb"))

needs_ballots = pytest.mark.skipif(not PB_FILES, reason="real ballots are not beside the project (LAMPLIGHT_DATA)")
each_file = pytest.mark.parametrize("path", PB_FILES, ids=lambda path: path.stem)
SMALL_FILES = [path for path in PB_FILES if path.stat().st_size < 100_000]


@cache
def real(path: Path) -> PbFile:
    """One real vote, read once."""
    return read(path.read_bytes())


def official_winners() -> dict[str, list[str]]:
    """The project ids the city announced, by file name."""
    path = DATA / "pb" / "official_selected.json"
    found = json.loads(path.read_text()) if path.exists() else {}
    return {name: sorted(entry["official_selected"]) for name, entry in found.items()}


def contest(name: str) -> tuple[list[tuple[int, list[str]]], dict[str, Any]]:
    """Grouped rankings (count, names) and the expected report of a certified contest."""
    with (DATA / "rcv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = [(int(row["count"]), row["ranking"].split(" > ")) for row in csv.DictReader(file)]
    expected = json.loads((DATA / "rcv" / f"{name}.expected.json").read_text(encoding="utf-8"))
    return [(n, [name for name in ranking if name]) for n, ranking in rows], expected

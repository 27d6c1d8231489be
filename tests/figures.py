"""Figures that tests measure: a table at the end of a run, and a file for each run that is larger than a commit's."""

import json
import os
import platform
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.sizes import SIZE

FOLDER = Path(__file__).resolve().parent.parent / "var" / "soak"
COLUMNS = ("test", "what", "size", "figure", "twin", "seed")
KEY = "figure"


@pytest.fixture
def seed() -> Iterator[int]:
    """What the chance of this test starts from; SEED=… runs one again."""
    chosen = int(os.environ.get("SEED") or secrets.randbits(32))
    print(f"SEED={chosen}")
    yield chosen


@pytest.fixture
def figure(record_property: Callable[[str, object], None], request: pytest.FixtureRequest) -> Callable[..., None]:
    """Note a figure: `figure("T1", "kill -9, SQLite", size="1,000 casts", figure="0 lost")`.

    The twin's test notes `figure("T1", "kill -9, SQLite", twin="lost 12")`: one line of the table holds both.
    """

    def note(test: str, what: str, **facts: str) -> None:
        unknown = set(facts) - set(COLUMNS)
        assert not unknown, unknown
        chance = {"seed": str(request.getfixturevalue("seed"))} if "seed" in request.fixturenames else {}
        record_property(KEY, {"test": test, "what": what, **chance, **facts})

    return note


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the table of all figures and keep it, with how each test ended, under `var/soak`."""
    reports = [r for kind in ("passed", "failed", "skipped") for r in terminalreporter.stats.get(kind, [])]
    rows = _rows([found for report in reports for name, found in report.user_properties if name == KEY])
    if rows:
        terminalreporter.section("figures")
        terminalreporter.write_line(_table(rows))
    if SIZE != "commit":
        terminalreporter.write_line(f"kept in {_kept(rows, reports)}")


def _rows(found: list[dict[str, str]]) -> list[dict[str, str]]:
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for facts in found:
        row = rows.setdefault((facts["test"], facts["what"]), {})
        if "twin" in facts:
            facts = facts | {"twin": "; ".join(filter(None, (row.get("twin"), facts["twin"])))}
            facts.pop("seed", None)
        row.update(facts)
    return sorted(rows.values(), key=lambda row: (len(row["test"]), row["test"], row["what"]))


def _table(rows: list[dict[str, str]]) -> str:
    lines = [dict(zip(COLUMNS, COLUMNS, strict=True)), *rows]
    widths = {name: max(len(line.get(name, "")) for line in lines) for name in COLUMNS}
    return "\n".join("  ".join(line.get(name, "").ljust(widths[name]) for name in COLUMNS).rstrip() for line in lines)


def _kept(rows: list[dict[str, str]], reports: list[Any]) -> Path:
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{datetime.now():%Y-%m-%d-%H%M%S}-{SIZE}.json"
    machine = f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} processors"
    ends = {report.nodeid: report.outcome for report in reports}
    path.write_text(json.dumps({"size": SIZE, "machine": machine, "figures": rows, "tests": ends}, indent=1) + "\n")
    return path

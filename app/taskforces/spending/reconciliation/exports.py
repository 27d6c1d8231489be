"""The reconciliation as a file: one line for each figure, in CSV."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from app.core.tables import neutral
from app.taskforces.spending.reconciliation.queries import Figures, Month
from app.taskforces.spending.reconciliation.rules import OF_PROJECTS, UNRECONCILED
from app.taskforces.spending.tie_outs.queries import DifferenceRow

COLUMNS = (
    "part",
    "item",
    "line",
    "entries",
    "cents",
    "held_against_cents",
    "agrees",
    "file_name",
    "hash",
    "day",
    "explanation",
)
TEXTS = ("item", "line", "file_name", "explanation")
Line = dict[str, Any]


def reconciliation_csv(found: Figures) -> str:
    """Every figure, in the order of the page. A text that a spreadsheet would take for a formula gets an apostrophe."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for line in _lines(found):
        writer.writerow({name: neutral(cell) if name in TEXTS else cell for name, cell in line.items()})
    return text.getvalue()


def _lines(found: Figures) -> Iterator[Line]:
    yield {
        "part": "chain",
        "item": "ledger",
        "line": f"checked from {found.chain.begins}",
        "entries": found.chain.entries,
        "agrees": _word(found.chain.break_ is None),
        "hash": found.chain.head,
        "day": found.made_at.isoformat(timespec="seconds"),
    }
    yield {"part": "chain", "item": "audit log", "line": "head", "hash": found.audit_head or ""}
    yield from _accounts(found)
    yield from _totals(found)
    yield from _projects(found)
    for month in found.months:
        yield _month(month)
    for difference in found.differences:
        yield _difference(difference)


def _accounts(found: Figures) -> Iterator[Line]:
    for each in found.statements:
        named: Line = {"part": "account", "item": each.account.value}
        yield named | {"line": "opening", "cents": each.opening_cents}
        for movement in each.movements:
            yield named | {"line": movement.kind.value, "entries": movement.entries, "cents": movement.cents}
        yield named | {"line": "closing", "cents": each.closing_cents}


def _totals(found: Figures) -> Iterator[Line]:
    for total in found.totals:
        named: Line = {"part": "total", "item": total.account.value, "cents": total.entries_cents}
        ways = {"kept": total.kept_cents, "projects": total.projects_cents}
        for way, cents in ways.items():
            if cents is not None:
                yield named | {"line": way, "held_against_cents": cents, "agrees": _word(cents == total.entries_cents)}


def _projects(found: Figures) -> Iterator[Line]:
    for project in found.projects:
        for account in OF_PROJECTS:
            added, kept = (getattr(each, f"{account.value}_cents") for each in (project.added, project.kept))
            named = {"part": "project", "item": project.code, "line": account.value}
            yield named | {"cents": added, "held_against_cents": kept, "agrees": _word(added == kept)}


def _month(month: Month) -> Line:
    line: Line = {"part": "month", "item": f"{month.month:%Y-%m}", "line": month.state.value}
    line |= {"entries": month.paid.entries if month.paid else 0, "cents": month.paid_cents}
    line |= {"agrees": _word(month.state not in UNRECONCILED)}
    tied = month.tie_out
    if tied is None:
        return line
    line |= {"held_against_cents": tied.council_cents, "file_name": tied.file_name or "", "hash": tied.file_hash}
    return line | {"day": tied.made_at.isoformat(timespec="seconds")}


def _difference(each: DifferenceRow) -> Line:
    return {
        "part": "difference",
        "item": f"{each.month:%Y-%m}",
        "line": each.reference or f"entry {each.entry_number}",
        "cents": each.ledger_cents,
        "held_against_cents": each.council_cents,
        "agrees": each.reason.value if each.reason else "not explained",
        "day": each.explained_at.isoformat(timespec="seconds") if each.explained_at else "",
        "explanation": each.explanation or "",
    }


def _word(agrees: bool) -> str:
    return "yes" if agrees else "no"

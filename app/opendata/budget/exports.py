"""The budget table, line by line, and the package that describes it."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from flask import url_for

from app.core.addresses import whole
from app.core.tables import neutral
from app.opendata.budget.rules import Key, Phase, Sums, added_up
from app.opendata.budget.words import COLUMN_TYPES, FIELDS
from app.opendata.rules import LICENSES, decimal, hash_of, line
from app.taskforces.projects import queries as projects
from app.taskforces.projects.queries import ProjectCard, ProjectFilter
from app.taskforces.spending.chain.queries import links
from app.taskforces.spending.reconciliation.queries import cycles_with_a_ledger

COLUMNS = tuple(field.name for field in FIELDS)
KEY = ("cycle", "project", "month", "phase")


def budget_csv() -> Iterator[str]:
    """Every project of every ledger by month and phase, the newest cycle first, a cycle at a time.

    A text that a spreadsheet would take for a formula gets an apostrophe.
    """
    yield line(COLUMNS)
    cards = projects.everything()
    for cycle_id, _name in cycles_with_a_ledger():
        here = {card.code: card for card in projects.matching(ProjectFilter(cycle_id=cycle_id), cards)}
        for key, sums in added_up(link.entry for link in links(cycle_id)).items():
            yield line(_cells(here[key[0]], key, sums))


def package_json(license_: str) -> str:
    """The descriptor: a Tabular Data Package whose columns carry the types of the Fiscal Data Package."""
    hashed, size = hash_of(budget_csv())
    package = {
        "profile": "tabular-data-package",
        "name": "lamplight-budget",
        "title": "Money of projects by phase and month",
        "homepage": whole(url_for("opendata.show", name="budget")),
        "licenses": [{"name": license_, "path": LICENSES[license_]}],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": "budget",
                "path": "budget.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": size,
                "hash": f"sha256:{hashed}",
                "schema": {
                    "fields": [_field(name) for name in COLUMNS],
                    "primaryKey": list(KEY),
                    "missingValues": [""],
                },
            }
        ],
    }
    return json.dumps(package, indent=1, ensure_ascii=False) + "\n"


def _field(name: str) -> dict[str, Any]:
    field = next(each for each in FIELDS if each.name == name)
    facts: dict[str, Any] = {"name": name, "type": field.type, "description": str(field.text)}
    if name in COLUMN_TYPES:
        facts["columnType"] = COLUMN_TYPES[name]
    if name in KEY:
        facts["constraints"] = {"required": True}
    if name == "phase":
        facts["constraints"] |= {"enum": [phase.value for phase in Phase]}
    return facts


def _cells(card: ProjectCard, key: Key, sums: Sums) -> Iterable[Any]:
    code, phase, month = key
    return (
        card.cycle_id,
        card.year,
        neutral(card.neighborhood),
        code,
        neutral(card.title),
        neutral(card.category),
        month.isoformat(),
        phase.value,
        decimal(sums.amount_cents),
        decimal(sums.committed_cents),
        card.currency,
    )

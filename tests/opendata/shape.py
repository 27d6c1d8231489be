"""What OC4IDS 0.9 allows of the fields that are published here: names, types, closed lists, and what must be there.

Written from the standard's reference in our own words; its schema is not part of this project.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
MILESTONE = {"scheduled", "met", "notMet", "partiallyMet"}
PROJECT = {"identification", "preparation", "implementation", "completion", "completed", "cancelled"}
VALUE: dict[str, Any] = {"amount": (int, float), "currency": str}
PERIOD: dict[str, Any] = {"startDate": MOMENT, "endDate": MOMENT}
PARTY: dict[str, Any] = {"id!": str, "name": str}
OBSERVATION: dict[str, Any] = {
    "id!": str,
    "period": PERIOD,
    "measure": (int, float, str),
    "value": VALUE,
    "unit": {"name": str},
}
METRIC: dict[str, Any] = {"id!": str, "title": str, "description": str, "observations": [OBSERVATION]}
MODIFICATION: dict[str, Any] = {
    "id!": str,
    "date": MOMENT,
    "description": str,
    "rationale": str,
    "type": str,
    "oldContractValue": VALUE,
    "newContractValue": VALUE,
}
SHAPE: dict[str, Any] = {
    "id!": str,
    "updated": MOMENT,
    "title": str,
    "description": str,
    "status": PROJECT,
    "type": {"construction", "rehabilitation", "replacement"},
    "period": PERIOD,
    "additionalClassifications": [{"scheme": str, "id": str, "description": str}],
    "locations": [{"id!": str, "description": str, "geometry": {"type": {"Point"}, "coordinates": list}}],
    "budget": {
        "amount": VALUE,
        "approvalDate": MOMENT,
        "budgetBreakdown": [{"id!": str, "description": str, "amount": VALUE, "period": PERIOD}],
    },
    "parties": [PARTY | {"roles": list}],
    "documents": [{"id!": str, "documentType": str, "title": str, "url": str, "datePublished": MOMENT, "format": str}],
    "contractingProcesses": [
        {
            "id!": str,
            "summary": {
                "ocid": re.compile(r"ocds-[a-z0-9]{6}-\S+"),
                "externalReference": str,
                "title": str,
                "description": str,
                "status": {"pre-award", "active", "closed"},
                "suppliers": [PARTY],
                "contractValue": VALUE,
                "contractPeriod": PERIOD,
                "documents": [{"id!": str, "title": str, "url": str}],
                "modifications": [MODIFICATION],
                "finalValue": VALUE,
                "transactions": [{"id!": str, "source": str, "date": MOMENT, "value": VALUE, "payee": PARTY}],
            },
        }
    ],
    "milestones": [
        {
            "id!": str,
            "title": str,
            "type": str,
            "description": str,
            "dueDate": MOMENT,
            "dateMet": MOMENT,
            "status": MILESTONE,
        }
    ],
    "forecasts": [METRIC],
    "metrics": [METRIC],
    "completion": {"endDate": MOMENT, "finalValue": VALUE, "finalScope": str},
}


def complaints(project: Mapping[str, Any]) -> list[str]:
    """What the standard would not take of a project."""
    return list(_object(project, SHAPE, "project"))


def _object(found: Any, shape: Mapping[str, Any], where: str) -> Iterator[str]:
    if not isinstance(found, dict):
        yield f"{where}: no object"
        return
    allowed = {name.rstrip("!"): wanted for name, wanted in shape.items()}
    yield from (f"{where}: no {name[:-1]}" for name in shape if name.endswith("!") and not found.get(name[:-1]))
    for name, value in found.items():
        if name not in allowed:
            yield f"{where}: {name} is not known"
        else:
            yield from _value(value, allowed[name], f"{where}.{name}")


def _value(value: Any, wanted: Any, where: str) -> Iterator[str]:
    if isinstance(wanted, dict):
        yield from _object(value, wanted, where)
    elif isinstance(wanted, list):
        for each in value:
            yield from _object(each, wanted[0], where)
    elif isinstance(wanted, set):
        yield from () if value in wanted else (f"{where}: {value} is not in the list",)
    elif isinstance(wanted, re.Pattern):
        yield from () if wanted.fullmatch(value) else (f"{where}: {value} is written otherwise",)
    elif not isinstance(value, wanted):
        yield f"{where}: {value!r} has another type"

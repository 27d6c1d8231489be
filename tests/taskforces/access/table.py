"""The table of who meets what, read from `table.txt`."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from flask import Flask

from tests.taskforces.access.cast import PLACES

TABLE = Path(__file__).with_name("table.txt")
ROOMS = ("app.taskforces.", "app.admin.week.", "app.places.workdays.")
"""Where the views live that stand in it."""
Way = tuple[str, str]
"""An endpoint and a method."""


def cells() -> dict[Way, dict[tuple[str, str], str]]:
    """What each person meets at each way."""
    found = {}
    for line in TABLE.read_text().splitlines():
        if line and not line.startswith("#"):
            endpoint, methods, visitor, *pairs = line.split()
            row = dict(zip(PLACES, visitor + "".join(pairs), strict=True))
            found |= {(endpoint, method): row for method in methods.split("+")}
    return found


def ways(app: Flask) -> set[Way]:
    """Every way into the rooms that the app has."""
    rules = [rule for rule in app.url_map.iter_rules() if _module(app, rule.endpoint).startswith(ROOMS)]
    return {(rule.endpoint, method) for rule in rules for method in {"GET", "POST"} & set(rule.methods or ())}


def written(rows: Mapping[Way, Mapping[tuple[str, str], str]], app: Flask) -> str:
    """The rows as the table has them, one room after the other; a page and its form share a line where they agree."""
    lines: dict[tuple[str, str, str], list[str]] = {}
    for (endpoint, method), row in sorted(rows.items()):
        lines.setdefault((_module(app, endpoint), endpoint, _line(row.values())), []).append(method)
    shown, room = [], ""
    for (module, endpoint, line), methods in sorted(lines.items()):
        if module != room:
            shown.append(f"\n# {module.removeprefix('app.').removesuffix('.views').replace('.', ' · ')}")
            room = module
        shown.append(f"{endpoint:30}{'+'.join(methods):10}{line}")
    return "\n".join(shown) + "\n"


def _line(row: Iterable[str]) -> str:
    visitor, *others = row
    return "  ".join([visitor, *("".join(pair) for pair in zip(others[::2], others[1::2], strict=True))])


def _module(app: Flask, endpoint: str) -> str:
    return app.view_functions[endpoint].__module__

"""Which tests run on one of the two databases only, while a commit is tried: drawn by their names, half on each."""

import hashlib
from collections import defaultdict

import pytest

from tests.sizes import size

FILES = size(commit=("_pages.py", "test_matrix.py"), night=())
FOLDERS = size(
    commit=("tests/proposals/", "tests/taskforces/", "tests/reports/", "tests/notifications/"),
    night=(),
)
"""Pages and roles anywhere, and everything about proposals, task forces, reports and mail; at night all run on both."""
BOTH = "tests/proposals/search/"
RACES = frozenset({"all_at_once", "Thread", "Barrier", "ThreadPoolExecutor"})
"""A race is tried on both: what holds it off is not the same on the two."""


def of_either_database(items: list[pytest.Item]) -> list[pytest.Item]:
    """The tests without those that are drawn for the other database."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for item in items:
        if _may_be_drawn(item):
            kinds[_named(item)].add(_kind(item))
    return [item for item in items if len(kinds[_named(item)]) < 2 or _kind(item) == _drawn(_named(item))]


def _may_be_drawn(item: pytest.Item) -> bool:
    if item.nodeid.startswith(BOTH) or _is_race(item):
        return False
    return item.path.name.endswith(FILES) or item.nodeid.startswith(FOLDERS)


def _is_race(item: pytest.Item) -> bool:
    code = getattr(getattr(item, "function", None), "__code__", None)
    return code is not None and bool(RACES & set(code.co_names))


def _kind(item: pytest.Item) -> str:
    spec = getattr(item, "callspec", None)
    return str(spec.params.get("app", "")) if spec else ""


def _named(item: pytest.Item) -> str:
    return item.nodeid.replace(_kind(item) or " ", "")


def _drawn(name: str) -> str:
    return ("sqlite", "postgresql")[hashlib.sha256(name.encode()).digest()[0] % 2]

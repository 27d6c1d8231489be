"""Which tests run on one of the two databases only, while a commit is tried: half of those of pages and of roles."""

import hashlib
from collections import defaultdict

import pytest

from tests.sizes import size

ON_EITHER = size(commit=("_pages.py", "test_matrix.py"), night=())
"""Files whose tests each run on the database that is drawn for them by their name; at night all run on both."""


def of_either_database(items: list[pytest.Item]) -> list[pytest.Item]:
    """The tests without those that are drawn for the other database."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for item in items:
        if item.path.name.endswith(ON_EITHER):
            kinds[_named(item)].add(_kind(item))
    return [item for item in items if len(kinds[_named(item)]) < 2 or _kind(item) == _drawn(_named(item))]


def _kind(item: pytest.Item) -> str:
    spec = getattr(item, "callspec", None)
    return str(spec.params.get("app", "")) if spec else ""


def _named(item: pytest.Item) -> str:
    return item.nodeid.replace(_kind(item) or " ", "")


def _drawn(name: str) -> str:
    return ("sqlite", "postgresql")[hashlib.sha256(name.encode()).digest()[0] % 2]

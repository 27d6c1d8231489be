"""Which tests run on one of the two databases only, while a commit is tried: drawn by their files, half on each.

What the tests of a file share, a published report for example, is then made once.
"""

import hashlib
from collections import defaultdict

import pytest

from tests.sizes import size

FILES = size(commit=("_pages.py", "test_matrix.py"), night=())
AROUND_A_VOTE = (
    "board disputes extending finishing fixing imports notices objections paper promises readiness results roll"
    " trustees turnout"
).split()
FOLDERS = size(
    commit=(
        "tests/accounts/",
        "tests/admin/",
        "tests/cycles/",
        "tests/home/",
        "tests/places/",
        "tests/proposals/",
        "tests/taskforces/",
        "tests/reports/",
        "tests/notifications/",
        "tests/opendata/",
        "tests/voting/test_",
        *(f"tests/voting/{room}/" for room in AROUND_A_VOTE),
    ),
    night=(),
)
"""Pages and roles anywhere; everything about people, places, cycles, proposals, task forces, reports and mail, and what
stands around a vote: not its ballots, envelopes, log and opening. At night all run on both."""
BOTH = "tests/proposals/search/"
RACES = frozenset(
    {"all_at_once", "Thread", "threading", "Barrier", "ThreadPoolExecutor", "Popen", "subprocess", "killed"}
)
"""A file with a race or a kill is tried on both: what holds it off is not the same on the two."""


def of_either_database(items: list[pytest.Item]) -> list[pytest.Item]:
    """The tests without those that are drawn for the other database."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for item in items:
        if _may_be_drawn(item):
            kinds[_named(item)].add(_kind(item))
    return [item for item in items if len(kinds[_named(item)]) < 2 or _kind(item) == _drawn(item)]


def _may_be_drawn(item: pytest.Item) -> bool:
    if item.nodeid.startswith(BOTH) or _is_race(item):
        return False
    return item.path.name.endswith(FILES) or item.nodeid.startswith(FOLDERS)


def _is_race(item: pytest.Item) -> bool:
    return isinstance(item, pytest.Function) and bool(RACES & vars(item.module).keys())


def _kind(item: pytest.Item) -> str:
    spec = getattr(item, "callspec", None)
    return str(spec.params.get("app", "")) if spec else ""


def _named(item: pytest.Item) -> str:
    return item.nodeid.replace(_kind(item) or " ", "")


def _drawn(item: pytest.Item) -> str:
    file = item.nodeid.partition("::")[0]
    return ("sqlite", "postgresql")[hashlib.sha256(file.encode()).digest()[0] % 2]

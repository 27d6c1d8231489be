"""Places that several tests of faults use one after another, because making one takes longer than many of them."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.faults import places
from tests.faults.places import Place


@pytest.fixture(scope="session")
def shared_places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Place]]:
    """The places made so far, by kind, and what must be stopped with them."""
    with ExitStack() as stack:
        yield _Shared(stack, tmp_path_factory)


class _Shared(dict[str, Place]):
    """Makes a place when it is first asked for."""

    def __init__(self, stack: ExitStack, folders: pytest.TempPathFactory) -> None:
        super().__init__()
        self.stack, self.folders = stack, folders

    def __missing__(self, kind: str) -> Place:
        # PostgreSQL writes what nobody waits for as late as it can: only a twin that does not wait notices.
        built = places.built(kind, self.folders.mktemp(kind), "wal_writer_delay=10s", "bgwriter_lru_maxpages=0")
        self[kind] = self.stack.enter_context(built)
        return self[kind]


@pytest.fixture
def sqlite(shared_places: dict[str, Place]) -> Iterator[Place]:
    """A durable SQLite with the votes of earlier tests in it."""
    with places.entered(shared_places["sqlite"]):
        yield shared_places["sqlite"]


@pytest.fixture
def postgresql(shared_places: dict[str, Place]) -> Iterator[Place]:
    """A durable PostgreSQL of our own, which may be killed, with the votes of earlier tests in it."""
    with places.entered(shared_places["postgresql"]):
        yield shared_places["postgresql"]


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest) -> Place:
    """Each of the two."""
    place: Place = request.getfixturevalue(request.param)
    return place

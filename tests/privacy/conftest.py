"""Tests of what can be learned afterwards look at votes that were lived through, not at rows put back from memory."""

from collections.abc import Iterator

import pytest

from tests.memory import forgotten


@pytest.fixture(autouse=True)
def lived_through(request: pytest.FixtureRequest) -> Iterator[None]:
    """Nothing comes from memory here."""
    if "app" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("app")
    with forgotten():
        yield

"""One vote and its one key holder, as the sealing tests need them."""

import pytest

from app.voting.sealing import ballots, keys


@pytest.fixture(scope="session")
def key():
    return keys.make()


@pytest.fixture(scope="session")
def vote_id():
    return bytes(range(16))


@pytest.fixture(scope="session")
def plain(vote_id):
    return ballots.canonical([3, 1, 2], vote_id=vote_id, options=9, max_ranks=5)

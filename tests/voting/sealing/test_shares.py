"""Any t shares give the secret back, t - 1 say nothing, and at a threshold of one a share is the secret."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.voting.sealing import shares

SECRET = bytes(range(16))
SHARING = st.integers(1, 7).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n)))


def numbered(parts):
    return dict(enumerate(parts, start=1))


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=16, max_size=16), SHARING)
def test_any_set_of_t_gives_the_secret_back(secret, sharing):
    threshold, trustees = sharing
    parts = numbered(shares.split(secret, threshold=threshold, trustees=trustees))
    for some in itertools.islice(itertools.combinations(parts.items(), threshold), 10):
        assert shares.combine(dict(some), threshold=threshold) == secret


def test_at_a_threshold_of_one_every_share_is_the_secret():
    assert shares.split(SECRET, threshold=1, trustees=3) == (SECRET,) * 3


def test_above_one_no_share_is_the_secret_and_no_two_sharings_are_alike():
    one, two = (shares.split(SECRET, threshold=2, trustees=3) for _ in range(2))
    assert SECRET not in one and not set(one) & set(two)


def test_one_share_of_two_fits_every_secret():
    """What a single holder has could be the share of any secret: here of a wrong one, made to fit."""
    mine = shares.split(SECRET, threshold=2, trustees=2)[0]
    line = shares.split(bytes(16), threshold=2, trustees=2)
    shifted = [bytes(a ^ b ^ c for a, b, c in zip(part, line[0], mine, strict=True)) for part in line]
    other = shares.combine(numbered(shifted), threshold=2)
    assert shifted[0] == mine and other != SECRET


def test_fewer_or_more_shares_than_the_threshold_are_not_joined():
    parts = numbered(shares.split(SECRET, threshold=2, trustees=3))
    for some in ({}, {1: parts[1]}, parts):
        with pytest.raises(ValueError):
            shares.combine(some, threshold=2)


@pytest.mark.parametrize(("threshold", "trustees"), [(0, 1), (2, 1), (1, 0), (1, 256)])
def test_impossible_numbers_are_refused(threshold, trustees):
    with pytest.raises(ValueError):
        shares.split(SECRET, threshold=threshold, trustees=trustees)

"""The lot: promised beforehand, fixed by the closed set, the same for everybody."""

from hashlib import sha256

import pytest

from app.voting.counting.lots import commitment, keeps_the_promise, lot_order

SEED, SET = bytes(range(32)), b"\xff" * 32


def test_the_order_is_by_hash_of_set_seed_and_number():
    by_hand = sorted(range(1, 41), key=lambda n: sha256(SET + SEED + bytes([0, 0, 0, n])).hexdigest())
    assert lot_order(SET, SEED, range(1, 41)) == tuple(by_hand)


def test_the_order_does_not_depend_on_the_order_asked_in():
    assert lot_order(SET, SEED, [3, 1, 2]) == lot_order(SET, SEED, [1, 2, 3])


def test_another_seed_or_another_set_gives_another_order():
    orders = {lot_order(a, b, range(1, 41)) for a in (SET, SEED) for b in (SET, SEED)}
    assert len(orders) == 4


def test_only_the_promised_seed_keeps_the_promise():
    assert commitment(SEED) == sha256(b"lamplight-lot/1" + SEED).digest()
    assert keeps_the_promise(SEED, commitment(SEED))
    assert not keeps_the_promise(SET, commitment(SEED))


@pytest.mark.parametrize(("set_hash", "seed"), [(SET[:31], SEED), (SET, SEED + b"x")])
def test_hash_and_seed_are_32_bytes(set_hash, seed):
    with pytest.raises(ValueError, match="32 bytes"):
        lot_order(set_hash, seed, [1])

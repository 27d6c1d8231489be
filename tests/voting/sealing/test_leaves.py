"""A leaf hides its envelope, belongs to one vote and one receipt, and its code can be read aloud."""

import hashlib

import pytest

from app.voting.sealing import leaves, readable

VOTE, NONCE = bytes(range(16)), bytes(range(16, 32))


def test_a_leaf_is_the_hash_the_design_names():
    inner = hashlib.sha256(b"ciphertext").digest()
    expected = hashlib.sha256(b"lamplight-leaf/1" + VOTE + inner + NONCE).digest()
    assert leaves.leaf(b"ciphertext", vote_id=VOTE, nonce=NONCE) == expected


def test_each_part_changes_the_leaf():
    made = {
        leaves.leaf(b"ciphertext", vote_id=VOTE, nonce=NONCE),
        leaves.leaf(b"ciphertexT", vote_id=VOTE, nonce=NONCE),
        leaves.leaf(b"ciphertext", vote_id=NONCE, nonce=NONCE),
        leaves.leaf(b"ciphertext", vote_id=VOTE, nonce=VOTE),
    }
    assert len(made) == 4


@pytest.mark.parametrize("parts", [{"vote_id": b"", "nonce": NONCE}, {"vote_id": VOTE, "nonce": NONCE + b"\0"}])
def test_parts_of_another_length_are_refused(parts):
    with pytest.raises(ValueError):
        leaves.leaf(b"ciphertext", **parts)


def test_nonces_are_sixteen_bytes_and_never_the_same():
    made = {leaves.make_nonce() for _ in range(1000)}
    assert len(made) == 1000 and {len(nonce) for nonce in made} == {16}


def test_a_receipt_code_is_the_first_eighty_bits_of_the_leaf():
    assert leaves.receipt_code(bytes(32)) == "0" * 16
    assert leaves.receipt_code(b"\xff" * 32) == "Z" * 16
    assert leaves.receipt_code(bytes(9) + b"\x01" + bytes(22)) == "0" * 15 + "1"


def test_a_code_survives_being_typed_by_a_person():
    code = readable.code(b"\x00\x44\x32\x14\xc7\x42\x54\xb6\x35\xcf", characters=16)
    assert code == "0123456789ABCDEF"
    assert readable.typed(" o1L3-4567 89ab-cdef ") == "01134567" + code[8:]
    assert readable.grouped(code) == "0123-4567-89AB-CDEF"


def test_too_few_bytes_make_no_code():
    with pytest.raises(ValueError):
        readable.code(bytes(9), characters=16)

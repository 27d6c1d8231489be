"""A receipt is the log's promise of one leaf; it can be carried as text, as JSON and in a QR code."""

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.voting.sealing import leaves, signatures
from app.voting.tree import heads, notes, receipts
from app.voting.tree.receipts import Receipt
from app.voting.tree.statements import BadStatement

SEED = bytes(range(32))
PUBLIC = signatures.public_of(SEED)
NONCE = bytes(range(16))
LEAF = leaves.leaf(b"ciphertext", vote_id=bytes(16), nonce=NONCE)
SIGNED = Receipt(vote_id=bytes(16), leaf=LEAF, nonce=NONCE).signed(SEED)


def test_a_receipt_is_the_logs_promise_of_this_leaf_in_this_vote():
    assert SIGNED.is_signed_by(PUBLIC)
    for change in ({"leaf": bytes(32)}, {"vote_id": b"\1" * 16}, {"signature": bytes(64)}):
        assert not replace(SIGNED, **change).is_signed_by(PUBLIC)
    assert not SIGNED.is_signed_by(bytes(32))


def test_the_same_cast_always_gives_the_same_receipt():
    assert Receipt(vote_id=bytes(16), leaf=LEAF, nonce=NONCE).signed(SEED) == SIGNED


def test_a_head_never_passes_for_a_receipt():
    signature = signatures.sign(SIGNED.message, purpose=heads.KIND, seed=SEED)
    assert not replace(SIGNED, signature=signature).is_signed_by(PUBLIC)


def test_a_receipt_is_read_as_it_was_written():
    assert receipts.from_text(SIGNED.as_text()) == receipts.from_text(SIGNED.as_json()) == SIGNED
    assert receipts.from_packed(SIGNED.packed) == SIGNED and len(SIGNED.packed) == 171


def test_a_receipt_does_not_show_its_nonce_in_a_log():
    assert repr(NONCE) not in repr(SIGNED)


def test_no_character_of_a_receipt_can_be_changed():
    text = SIGNED.as_text()
    for place, character in enumerate(text.rstrip()):
        damaged = text[:place] + ("0" if character != "0" else "1") + text[place + 1 :]
        assert _is_refused(lambda damaged=damaged: receipts.from_text(damaged)), damaged
    for place, character in enumerate(SIGNED.packed):
        damaged = SIGNED.packed[:place] + ("A" if character != "A" else "B") + SIGNED.packed[place + 1 :]
        assert _is_refused(lambda damaged=damaged: receipts.from_packed(damaged)), place


def _is_refused(read):
    try:
        receipt = read()
    except BadStatement:
        return True
    return not receipt.is_signed_by(PUBLIC) or receipt.nonce != NONCE


@pytest.mark.parametrize("packed", ["", "A" * 170, "A" * 172, "é" * 171, SIGNED.packed + "=", " " + SIGNED.packed])
def test_what_is_no_qr_code_of_a_receipt_is_refused(packed):
    with pytest.raises(BadStatement):
        receipts.from_packed(packed)


def test_a_receipt_with_a_strange_value_is_refused():
    values = json.loads(SIGNED.as_json())
    for name, value in (("leaf", None), ("leaf", ["00"]), ("leaf", {}), ("leaf", True), ("code", "0" * 16)):
        with pytest.raises(BadStatement):
            receipts.from_text(json.dumps({**values, name: value}))


@given(st.binary(min_size=32, max_size=32))
def test_a_code_says_how_its_leaf_begins(leaf):
    code = leaves.receipt_code(leaf)
    assert receipts.leaf_start(code) == receipts.leaf_start(f" {code[:4]}-{code[4:].lower()} ") == leaf[:10]


@pytest.mark.parametrize("typed", ["", "0" * 15, "0" * 17, "U" * 16, "é" * 16, "\0" * 16])
def test_what_cannot_be_a_code_has_no_leaf(typed):
    assert receipts.leaf_start(typed) is None


def test_a_note_is_hashed_under_its_own_tag():
    expected = hashlib.sha256(b"lamplight-log-note/1" + bytes(16) + b"audit-log 00ff").digest()
    assert notes.leaf(notes.audit_head("00ff"), vote_id=bytes(16)) == expected
    assert notes.leaf(notes.closed(12), vote_id=bytes(16)) != notes.leaf("closed 12", vote_id=b"\1" * 16)
    with pytest.raises(ValueError):
        notes.leaf("closed 1", vote_id=b"")

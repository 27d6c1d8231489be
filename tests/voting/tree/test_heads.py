"""A head is the log's word on one size and one root: nothing of it can be changed, and nothing else passes for it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.voting.sealing import signatures
from app.voting.tree import heads, merkle
from app.voting.tree.heads import COSIGNED, KIND, Head
from app.voting.tree.statements import BadStatement

SEED = bytes(range(32))
PUBLIC = signatures.public_of(SEED)
ROOT = merkle.root([b"a", b"b"])
HEAD = Head(vote_id=bytes(16), size=2, root=ROOT, slot=heads.slot_of(datetime(2026, 5, 4, 18, 27, tzinfo=UTC)))
SIGNED = HEAD.signed(SEED)


def test_a_signed_head_is_the_logs_and_nobody_elses():
    assert SIGNED.is_signed_by(PUBLIC) and not HEAD.is_signed_by(PUBLIC)
    assert not SIGNED.is_signed_by(signatures.public_of(bytes(32)))


@pytest.mark.parametrize(
    "change", [{"vote_id": b"\1" * 16}, {"size": 3}, {"root": bytes(32)}, {"slot": SIGNED.slot + 1}], ids=str
)
def test_nothing_of_a_head_can_be_changed(change):
    assert not replace(SIGNED, **change).is_signed_by(PUBLIC)


def test_no_bit_of_a_signature_can_be_changed():
    for bit in range(512):
        damaged = bytearray(SIGNED.signature)
        damaged[bit // 8] ^= 1 << bit % 8
        assert not replace(SIGNED, signature=bytes(damaged)).is_signed_by(PUBLIC)
    assert not replace(SIGNED, signature=SIGNED.signature[:-1]).is_signed_by(PUBLIC)


def test_the_signature_is_over_the_bytes_that_are_written_down():
    message = bytes(16) + (2).to_bytes(8, "big") + ROOT + SIGNED.slot.to_bytes(8, "big")
    assert signatures.is_signed(message, SIGNED.signature, purpose="lamplight-tree-head/1", public=PUBLIC)


def test_a_witness_signs_size_and_root_for_its_own_purpose():
    cosigned = signatures.sign(HEAD.extent, purpose=COSIGNED, seed=SEED)
    assert HEAD.is_cosigned(cosigned, PUBLIC)
    assert not HEAD.is_cosigned(signatures.sign(HEAD.extent, purpose=KIND, seed=SEED), PUBLIC)
    assert not replace(HEAD, size=3).is_cosigned(cosigned, PUBLIC)


def test_a_head_is_read_as_it_was_written():
    assert heads.from_text(SIGNED.as_text()) == heads.from_text(SIGNED.as_json()) == SIGNED
    assert "slot: 2026-05-04T18:20Z" in SIGNED.as_text()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("lamplight-tree-head/1", "lamplight-tree-head/2"),
        ("size: 2", "size: 02"),
        ("size: 2", "size: -2"),
        ("size: 2", "size: ²"),
        ("size: 2", "size: " + "9" * 19),
        ("size: 2", "size: 2\nsize: 2"),
        ("size: 2", "size: 2\nmore: 1"),
        ("18:20Z", "18:21Z"),
        ("18:20Z", "18:20"),
        ("vote: 00", "vote: 0"),
        ("vote: 00", "vote: 0 0"),
        ("signature: ", "signature: 00"),
        ("root: ", "root:"),
    ],
)
def test_a_file_that_is_not_quite_a_head_is_refused(old, new):
    assert old in SIGNED.as_text()
    with pytest.raises(BadStatement):
        heads.from_text(SIGNED.as_text().replace(old, new, 1))


RUBBISH = ["", "{", "{}", "[]", '{"format": []}', '{"size": 1, "size": 1}', "{" * 9_000, "x" * 200_000, '{"size": 1e9}']


@pytest.mark.parametrize("text", RUBBISH, ids=lambda text: text[:20])
def test_rubbish_is_refused_with_a_reason(text):
    with pytest.raises(BadStatement, match=r"\w"):
        heads.from_text(text)


def test_a_slot_is_ten_minutes():
    start = datetime(2026, 1, 1, tzinfo=UTC)
    assert heads.slot_of(start + timedelta(seconds=599)) == heads.slot_of(start) == SIGNED.slot - 17_822
    assert heads.slot_of(start + timedelta(seconds=600)) == heads.slot_of(start) + 1

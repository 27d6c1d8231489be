"""The closed ballot set: one form only, and any change shows."""

import json
from dataclasses import replace
from hashlib import sha256

import numpy as np
import pytest

from app.voting.counting.closed_set import BadSet, ClosedSet, from_bytes, to_bytes
from app.voting.counting.records import ballot_matrix

CLOSED = ClosedSet(
    vote_id="0123456789abcdef0123456789abcdef",
    rule_card_hash=bytes(range(32)),
    options=300,
    max_ranks=3,
    ballots=ballot_matrix([(2, 1), (), (300,), (1, 2, 3), (2, 1)], 3),
    salt=b"s" * 32,
)


def test_the_file_is_a_line_of_canonical_json_and_sorted_records():
    line, _, records = to_bytes(CLOSED).partition(b"\n")
    fields = json.loads(line)
    assert line == json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()
    assert sorted(fields) == ["ballots", "format", "max_ranks", "options", "rule_card", "salt", "vote"]
    rows = [records[i : i + 6].hex() for i in range(0, len(records), 6)]
    assert rows == ["000000000000", "000100020003", "000200010000", "000200010000", "012c00000000"]


def test_it_reads_back_as_written_and_its_hash_is_of_the_file():
    back = from_bytes(to_bytes(CLOSED))
    assert to_bytes(back) == to_bytes(CLOSED)
    assert back.sha256 == sha256(to_bytes(CLOSED)).digest()
    assert (back.vote_id, back.salt, back.rule_card_hash) == (CLOSED.vote_id, CLOSED.salt, CLOSED.rule_card_hash)


def test_the_order_ballots_came_in_leaves_no_trace():
    assert to_bytes(replace(CLOSED, ballots=CLOSED.ballots[::-1])) == to_bytes(CLOSED)


def test_narrower_ballots_are_padded():
    narrow = replace(CLOSED, ballots=ballot_matrix([(2,), (1,)], 1))
    assert from_bytes(to_bytes(narrow)).ballots.tolist() == [[1, 0, 0], [2, 0, 0]]


def test_no_ballots_are_a_set_too():
    empty = replace(CLOSED, ballots=np.zeros((0, 3), dtype=np.uint16))
    assert len(from_bytes(to_bytes(empty)).ballots) == 0


def test_every_changed_byte_is_refused_or_changes_the_hash():
    good = to_bytes(CLOSED)
    for place in range(len(good)):
        bad = good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :]
        try:
            assert from_bytes(bad).sha256 == sha256(bad).digest() != sha256(good).digest()
        except BadSet:
            pass


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"ballots":5', b'"ballots":4'),
        (b'"ballots":5', b'"ballots":05'),
        (b'"ballots":5', b'"ballots":5.0'),
        (b'"ballots":5', b'"ballots":true'),
        (b'"ballots":5', b'"ballots": 5'),
        (b'"ballots":5', b'"ballots":-5'),
        (b'"ballots":5', b'"ballots":5,"ballots":5'),
        (b'"max_ranks":3', b'"max_ranks":0'),
        (b'"max_ranks":3', b'"max_ranks":999999999'),
        (b'"options":300', b'"options":299'),
        (b'"options":300', b'"options":70000'),
        (b"lamplight-ballots/1", b"lamplight-ballots/2"),
        (b'"vote":"0123', b'"vote":"\\u0030123'),
        (b'"vote":', b'"more":1,"vote":'),
        (b'"salt":"73', b'"salt":"7'),
        (b'"rule_card":"00', b'"rule_card":"zz'),
        (b'"rule_card":"000102030405060708090a', b'"rule_card":"000102030405060708090A'),
        (b"{", b"["),
        (b"}\n", b"}"),
        (b"\n\x00\x00\x00\x00", b"\n\x00\x00\x00\x07"),
        (b"\x00\x01\x00\x02\x00\x03", b"\x00\x01\x00\x02\x00\x02"),
        (b"\x00\x01\x00\x02\x00\x03", b"\x00\x01\x00\x00\x00\x03"),
        (b"\x00\x01\x00\x02\x00\x03", b"\x00\x03\x00\x02\x00\x01"),
    ],
)
def test_anything_but_the_one_form_is_refused(old, new):
    good = to_bytes(CLOSED)
    assert good.count(old) >= 1
    with pytest.raises(BadSet):
        from_bytes(good.replace(old, new, 1))


@pytest.mark.parametrize("change", [{"salt": b"short"}, {"rule_card_hash": b""}, {"options": 2}, {"max_ranks": 2}])
def test_a_set_whose_parts_do_not_fit_is_not_written(change):
    with pytest.raises(BadSet):
        to_bytes(replace(CLOSED, **change))


def test_bytes_after_the_last_record_are_refused():
    for more in (b"\n", b"\x00" * 6):
        with pytest.raises(BadSet):
            from_bytes(to_bytes(CLOSED) + more)

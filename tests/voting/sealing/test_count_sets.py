"""A count set comes back as it was, holds nothing of the roll, and is refused when any byte of it changed."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.voting.sealing import ballots, count_sets, keys
from app.voting.sealing.count_sets import BadCountSet
from app.voting.sealing.envelopes import SealedEnvelope, seal
from app.voting.sealing.reading import Wrong
from app.voting.sealing.suites import Algorithm

VOTE = bytes(range(16))
PUBLIC = tuple(keys.make(Algorithm.X25519).public() for _ in range(3))
CARD = {"vote_id": VOTE, "options": 9, "max_ranks": 5}
FACTS = CARD | {"name": "Riverside 2026", "rule_card_hash": bytes(32), "threshold": 2, "public_keys": PUBLIC}


def sealed(*ranking):
    return seal(ballots.canonical(ranking, **CARD), vote_id=VOTE, trustee_keys=PUBLIC, threshold=2)


SET = count_sets.gather([sealed(1, 2), sealed(), sealed(3)], **FACTS)
FILE = count_sets.to_bytes(SET)


def refused(data):
    with pytest.raises(BadCountSet) as caught:
        count_sets.from_bytes(data)
    return caught.value.wrong


envelopes = st.builds(
    SealedEnvelope, ciphertext=st.binary(max_size=60), commitment=st.binary(min_size=32, max_size=32)
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(envelopes, max_size=12),
    st.text(st.characters(exclude_categories=["C", "Z"]), max_size=40),
    st.integers(1, 3),
    st.booleans(),
)
def test_any_count_set_comes_back_from_its_bytes(some, name, threshold, drill):
    made = count_sets.gather(some, **FACTS | {"name": name, "threshold": threshold, "drill": drill})
    back = count_sets.from_bytes(count_sets.to_bytes(made))
    assert back == made and count_sets.to_bytes(back) == count_sets.to_bytes(made)
    assert back.facts.number == len(some)


@settings(max_examples=60, deadline=None)
@given(st.permutations(list(SET.envelopes)))
def test_the_order_in_which_envelopes_came_leaves_no_trace(order):
    assert count_sets.to_bytes(count_sets.gather(order, **FACTS)) == FILE


def test_the_file_holds_the_facts_and_the_envelopes_and_nothing_else():
    header = len(SET.facts.to_bytes()) + 32
    each = len(SET.envelopes[0].ciphertext) + 32
    assert len(FILE) == header + 3 * (4 + each + 1)


def test_envelopes_stand_by_the_hash_of_their_ciphertext():
    hashes = [hashlib.sha256(each.ciphertext).digest() for each in count_sets.from_bytes(FILE).envelopes]
    assert hashes == sorted(hashes)


@pytest.mark.parametrize("flip", [0x01, 0xFF])
def test_a_file_with_any_byte_changed_is_refused(flip):
    for at in range(len(FILE)):
        assert refused(FILE[:at] + bytes([FILE[at] ^ flip]) + FILE[at + 1 :])


def test_a_cut_or_longer_file_is_refused():
    assert {refused(FILE[:length]) for length in range(0, len(FILE), 7)} <= {Wrong.OTHER_FILE, Wrong.CUT_SHORT}
    assert refused(FILE + b"\0") is Wrong.TOO_LONG


def test_a_changed_envelope_breaks_the_published_root():
    assert refused(FILE[:-40] + bytes([FILE[-40] ^ 1]) + FILE[-39:]) in (Wrong.DAMAGED, Wrong.OUT_OF_ORDER)


def test_twin_without_the_root_a_changed_envelope_goes_unseen(monkeypatch):
    last = FILE[:-1] + bytes([FILE[-1] ^ 1])
    assert refused(last) is Wrong.DAMAGED
    monkeypatch.setattr(count_sets, "count_root", lambda _: SET.facts.count_root)
    assert count_sets.from_bytes(last) != SET


def test_an_envelope_that_was_damaged_before_the_export_is_carried_along():
    broken = SealedEnvelope(ciphertext=b"", commitment=b"")
    made = count_sets.gather([*SET.envelopes, broken], **FACTS)
    assert broken in count_sets.from_bytes(count_sets.to_bytes(made)).envelopes


def test_every_fact_is_in_the_hash_of_the_facts():
    changed = [("vote_id", bytes(16)), ("name", "Hill"), ("rule_card_hash", b"1" * 32), ("options", 8)]
    changed += [("max_ranks", 4), ("threshold", 1), ("public_keys", PUBLIC[:2]), ("drill", True)]
    hashes = {count_sets.gather(SET.envelopes, **FACTS | {fact: value}).facts.hash() for fact, value in changed}
    assert len(hashes | {SET.facts.hash()}) == len(changed) + 1


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("vote_id", b"short"),
        ("rule_card_hash", b""),
        ("threshold", 0),
        ("threshold", 4),
        ("public_keys", ()),
        ("public_keys", PUBLIC[:1] * 2),
        ("max_ranks", 239),
        ("name", "x" * 401),
        ("name", "two\nlines"),
    ],
)
def test_what_cannot_be_is_not_written(fact, value):
    with pytest.raises(BadCountSet) as caught:
        count_sets.gather([], **FACTS | {fact: value})
    assert caught.value.wrong is Wrong.IMPOSSIBLE


def test_a_part_of_the_envelopes_can_be_cut_out():
    assert list(count_sets.from_bytes(FILE).envelopes[1:]) == list(SET.envelopes[1:])


class Watched(bytes):
    """A file that notes the longest piece anybody cuts out of it."""

    longest = 0

    def __getitem__(self, at):
        piece = super().__getitem__(at)
        if isinstance(at, slice):
            Watched.longest = max(Watched.longest, len(piece))
        return piece


def test_reading_a_large_file_never_copies_the_rest_of_it():
    many = count_sets.to_bytes(count_sets.gather(list(SET.envelopes) * 50, **FACTS))
    list(count_sets.from_bytes(Watched(many)).envelopes)
    assert Watched.longest == len(SET.envelopes[0].ciphertext)

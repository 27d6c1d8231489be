"""A result file comes back as it was and is believed only whole, for its count set, signed by enough key holders."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.voting.sealing import ballots, count_sets, keys, opening, result_files
from app.voting.sealing.envelopes import SealedEnvelope, seal
from app.voting.sealing.faults import Fault
from app.voting.sealing.opening import FoundBad, Opened, OpenedBallot, Unreadable
from app.voting.sealing.reading import Wrong
from app.voting.sealing.result_files import BadResult
from app.voting.sealing.suites import Algorithm

VOTE = bytes(range(16))
HOLDERS = {number: keys.make(Algorithm.X25519) for number in (1, 2, 3)}
PUBLIC = [holder.public() for holder in HOLDERS.values()]
CARD = {"vote_id": VOTE, "options": 9, "max_ranks": 3}
FACTS = CARD | {"name": "Riverside", "rule_card_hash": bytes(32), "threshold": 2, "public_keys": PUBLIC}


def sealed(*ranking):
    return seal(ballots.canonical(ranking, **CARD), vote_id=VOTE, trustee_keys=PUBLIC, threshold=2)


BROKEN = SealedEnvelope(ciphertext=b"x", commitment=b"y")
SET = count_sets.gather([sealed(2, 1), sealed(2, 1), sealed(), BROKEN], **FACTS)


def opened_by(*numbers, count_set=SET):
    given = {number: HOLDERS[number] for number in numbers}
    found = opening.open_all(count_set.envelopes, private_keys=given, threshold=2, **CARD)
    return result_files.make(found, count_set.facts, private_keys=given)


RESULT = opened_by(1, 3)
FILE = result_files.to_bytes(RESULT)


def wrong_with(result, facts=SET.facts, **more):
    with pytest.raises(BadResult) as caught:
        result_files.verify(result, facts, **more)
    return caught.value.wrong


def refused(data):
    with pytest.raises(BadResult) as caught:
        result_files.verify(result_files.from_bytes(data), SET.facts)
    return caught.value.wrong


def signed_again(result):
    """The result as dishonest key holders would sign it."""
    said = result.content_hash()
    seeds = {number: HOLDERS[number].signing for number in result.trustees}
    made = {n: result_files.signatures.sign(said, purpose=result_files.PURPOSE, seed=seeds[n]) for n in seeds}
    return replace(result, signatures=made)


def test_a_result_comes_back_and_is_believed():
    back = result_files.from_bytes(FILE)
    assert back == RESULT and result_files.to_bytes(back) == FILE
    result_files.verify(back, SET.facts)
    assert back.rankings == ((), (2, 1), (2, 1)) and [each.fault for each in back.unreadable] == [Fault.MALFORMED]


rankings = st.lists(st.lists(st.integers(1, 9), max_size=3, unique=True).map(tuple), max_size=8)
hashes, faults, numbers = st.binary(min_size=32, max_size=32), st.sampled_from(Fault), st.integers(1, 3)
finding = st.builds(Unreadable, ciphertext_hash=hashes, fault=faults, trustee=st.none() | numbers)
share = st.builds(FoundBad, ciphertext_hash=hashes, fault=faults, trustee=numbers)


@settings(max_examples=60, deadline=None)
@given(rankings, st.lists(finding, max_size=3), st.lists(share, max_size=3))
def test_any_result_comes_back_from_its_bytes(some, unreadable, bad_shares):
    ballots_ = tuple(OpenedBallot(id=bytes(16), ranking=ranking) for ranking in some)
    found = Opened(ballots=ballots_, unreadable=tuple(unreadable), bad_shares=tuple(bad_shares))
    made = result_files.make(found, SET.facts, private_keys=HOLDERS)
    assert result_files.from_bytes(result_files.to_bytes(made)) == made


@settings(max_examples=60, deadline=None)
@given(st.permutations(list(SET.envelopes)))
def test_the_order_of_the_envelopes_leaves_no_trace(order):
    found = opening.open_all(order, private_keys=HOLDERS, threshold=2, **CARD)
    made = result_files.make(found, SET.facts, private_keys=HOLDERS)
    assert made.content() == opened_by(1, 2, 3).content()


def test_a_file_with_any_byte_changed_is_refused():
    for flip in (0x01, 0xFF):
        for at in range(len(FILE)):
            assert refused(FILE[:at] + bytes([FILE[at] ^ flip]) + FILE[at + 1 :])


def test_twin_without_the_signatures_a_changed_ranking_goes_unseen(monkeypatch):
    at = FILE.rindex(b"\x02\x00\x02\x00\x01") + 4
    changed = FILE[:at] + b"\x09" + FILE[at + 1 :]
    assert refused(changed) is Wrong.BAD_SIGNATURE
    monkeypatch.setattr(result_files.signatures, "is_signed", lambda *_, **__: True)
    result_files.verify(result_files.from_bytes(changed), SET.facts)


def test_a_cut_or_longer_file_is_refused():
    assert {refused(FILE[:length]) for length in range(len(FILE))} == {Wrong.OTHER_FILE, Wrong.CUT_SHORT}
    assert refused(FILE + b"\0") is Wrong.TOO_LONG


def test_fewer_key_holders_than_the_vote_asks_for_are_too_few():
    alone = signed_again(replace(RESULT, trustees=(1,)))
    assert wrong_with(alone) is Wrong.TOO_FEW_TRUSTEES


def test_another_keys_signature_is_refused_and_names_its_place():
    forged = replace(RESULT, signatures=RESULT.signatures | {3: RESULT.signatures[1]})
    with pytest.raises(BadResult, match="key holder 3: .*signature"):
        result_files.verify(forged, SET.facts)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"vote_id": bytes(16)}, Wrong.OTHER_VOTE),
        ({"count_root": bytes(32)}, Wrong.OTHER_SET),
        ({"count_set_hash": bytes(32)}, Wrong.OTHER_SET),
        ({"rankings": RESULT.rankings[:-1]}, Wrong.WRONG_NUMBER),
        ({"rankings": ((), (2, 1), (10,))}, Wrong.BAD_RANKING),
        ({"rankings": ((), (2, 1), (1, 2, 3, 4))}, Wrong.BAD_RANKING),
        ({"rankings": ((), (2, 1), (2, 2))}, Wrong.BAD_RANKING),
        ({"unreadable": (replace(RESULT.unreadable[0], trustee=4),)}, Wrong.UNKNOWN_TRUSTEE),
        ({"drill": True}, Wrong.DRILL),
    ],
)
def test_what_key_holders_could_sign_all_the_same_is_refused(change, wrong):
    assert wrong_with(signed_again(replace(RESULT, **change))) is wrong


def test_a_key_holder_the_vote_does_not_have_is_refused():
    assert wrong_with(replace(RESULT, trustees=(1, 4), signatures={1: b"", 4: b""})) is Wrong.UNKNOWN_TRUSTEE


def test_an_unreadable_envelope_that_was_never_in_the_set_is_refused():
    known = {count_sets.record(each)[:32] for each in SET.envelopes}
    result_files.verify(RESULT, SET.facts, ciphertext_hashes=known)
    invented = signed_again(replace(RESULT, unreadable=(replace(RESULT.unreadable[0], ciphertext_hash=bytes(32)),)))
    assert wrong_with(invented, ciphertext_hashes=known) is Wrong.UNKNOWN_ENVELOPE


def test_rankings_out_of_order_are_refused():
    mixed = signed_again(replace(RESULT, rankings=((2, 1), (), (2, 1))))
    assert refused(result_files.to_bytes(mixed)) is Wrong.OUT_OF_ORDER


def test_a_drill_and_a_vote_never_pass_for_each_other():
    drill = count_sets.gather(SET.envelopes, **FACTS | {"drill": True})
    practiced = opened_by(1, 2, count_set=drill)
    result_files.verify(practiced, drill.facts)
    assert wrong_with(practiced) is Wrong.DRILL and wrong_with(RESULT, drill.facts) is Wrong.NO_DRILL

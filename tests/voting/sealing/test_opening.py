"""Opening gives every ballot back or says why not, and nothing in its order leads back to an envelope."""

import hashlib
import itertools

import pytest

from app.voting.sealing import ballots, keys, opening
from app.voting.sealing.envelopes import SealedEnvelope, seal
from app.voting.sealing.faults import Fault
from app.voting.sealing.suites import Algorithm

VOTE = bytes(range(16))
KEY = keys.make(Algorithm.X25519)
CARD = {"vote_id": VOTE, "options": 200, "max_ranks": 3}


def sealed(ranking, key=KEY, **card):
    card = CARD | card
    plain = ballots.canonical(ranking, **card)
    return seal(plain, vote_id=card["vote_id"], trustee_keys=[key.public()], threshold=1)


def opened(envelopes):
    return opening.open_all(envelopes, private_keys={1: KEY}, **CARD)


def with_content(plain):
    return seal(plain, vote_id=VOTE, trustee_keys=[KEY.public()], threshold=1)


def test_every_ranking_comes_out_once():
    rankings = [(1, 2, 3), (3, 1), (), (1, 2, 3), (200,)]
    result = opened([sealed(ranking) for ranking in rankings])
    assert sorted(ballot.ranking for ballot in result.ballots) == sorted(rankings)
    assert result.unreadable == ()


def test_ballots_are_sorted_by_fresh_random_ids():
    envelopes = [sealed([number]) for number in range(1, 21)]
    first, second = opened(envelopes), opened(envelopes)
    ids = [ballot.id for ballot in first.ballots]
    assert ids == sorted(ids) and {len(each) for each in ids} == {16}
    assert not set(ids) & {ballot.id for ballot in second.ballots}


def share_of_pairs_in_order(result):
    order = [ballot.ranking[0] for ballot in result.ballots]
    pairs = list(itertools.combinations(order, 2))
    return sum(first < second for first, second in pairs) / len(pairs)


def test_the_order_that_comes_out_tells_nothing_about_the_order_that_went_in():
    # With 200 envelopes one standard deviation is 0.024, so chance alone goes wrong less than once in a billion.
    assert 0.35 < share_of_pairs_in_order(opened([sealed([number]) for number in range(1, 201)])) < 0.65


def test_ids_that_count_up_would_give_the_order_away(monkeypatch):
    envelopes, counter = [sealed([number]) for number in range(1, 51)], itertools.count()
    monkeypatch.setattr(opening.secrets, "token_bytes", lambda length: next(counter).to_bytes(length, "big"))
    assert share_of_pairs_in_order(opened(envelopes)) == 1.0


@pytest.mark.parametrize(
    ("envelope", "fault", "trustee"),
    [
        (sealed([1], key=keys.make(Algorithm.X25519)), Fault.SHARE_UNREADABLE, 1),
        (sealed([1], vote_id=bytes(16)), Fault.SHARE_UNREADABLE, 1),
        (sealed([201], options=201), Fault.UNKNOWN_OPTION, None),
        (sealed([1, 2, 3, 4], max_ranks=4), Fault.TOO_MANY_RANKS, None),
        (with_content(bytes(512)), Fault.NOT_A_BALLOT, None),
        (with_content(ballots.canonical([1], **CARD | {"vote_id": bytes(16)})), Fault.OTHER_VOTE, None),
        (SealedEnvelope(ciphertext=b"", commitment=b""), Fault.MALFORMED, None),
    ],
)
def test_what_gives_no_ballot_is_listed_with_the_reason(envelope, fault, trustee):
    result = opened([sealed([1]), envelope, sealed([2])])
    hashed = hashlib.sha256(envelope.ciphertext).digest()
    assert result.unreadable == (opening.Unreadable(ciphertext_hash=hashed, fault=fault, trustee=trustee),)
    assert len(result.ballots) == 2


def test_a_copied_envelope_counts_once_and_is_named():
    mine = sealed([5])
    result = opened([mine, sealed([6]), mine])
    assert sorted(ballot.ranking for ballot in result.ballots) == [(5,), (6,)]
    assert [listed.fault for listed in result.unreadable] == [Fault.REPEATED]


@pytest.mark.parametrize("forged_first", [True, False])
def test_a_damaged_copy_never_pushes_out_the_true_envelope(forged_first):
    mine = sealed([5])
    last = bytes([mine.ciphertext[-1] ^ 1])
    forged = SealedEnvelope(ciphertext=mine.ciphertext[:-1] + last, commitment=mine.commitment)
    result = opened([forged, mine] if forged_first else [mine, forged])
    assert [ballot.ranking for ballot in result.ballots] == [(5,)]
    assert [listed.fault for listed in result.unreadable] == [Fault.CONTENT_DAMAGED]


def test_what_is_unreadable_is_listed_by_hash_not_by_arrival():
    strangers = [sealed([1], key=keys.make(Algorithm.X25519)) for _ in range(20)]
    hashes = [listed.ciphertext_hash for listed in opened(strangers).unreadable]
    assert hashes == sorted(hashes) and opened(reversed(strangers)) == opened(strangers)


def test_nothing_is_dropped_silently():
    envelopes = [sealed([1]), sealed([1], vote_id=bytes(16)), SealedEnvelope(ciphertext=b"x", commitment=b"y")] * 3
    result = opened(envelopes)
    assert len(result.ballots) + len(result.unreadable) == len(envelopes)


def test_an_empty_set_opens_to_nothing():
    assert opened([]) == opening.Opened(ballots=(), unreadable=())

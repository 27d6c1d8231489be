"""An envelope opens for its key holder, in its vote, unchanged; every other try fails and says at whom."""

import pytest

from app.voting.sealing import ballots, envelopes, keys, suites
from app.voting.sealing.envelopes import commitment_to, open_envelope, seal
from app.voting.sealing.faults import Fault, SealingError
from app.voting.sealing.suites import Algorithm

EITHER = pytest.mark.parametrize("algorithm", list(Algorithm))
OTHER_VOTE = bytes(16)


@pytest.fixture
def sealed(plain, vote_id, key):
    return seal(plain, vote_id=vote_id, trustee_keys=[key.public()], threshold=1)


def failure(sealed, *, vote_id, private_keys, ciphertext=None, commitment=None):
    with pytest.raises(SealingError) as caught:
        open_envelope(
            sealed.ciphertext if ciphertext is None else ciphertext,
            sealed.commitment if commitment is None else commitment,
            vote_id=vote_id,
            private_keys=private_keys,
        )
    return caught.value.fault, caught.value.trustee


def changed(data, at, flip=0xFF):
    return data[:at] + bytes([data[at] ^ flip]) + data[at + 1 :]


@EITHER
def test_what_was_sealed_comes_back(algorithm, plain, vote_id):
    key = keys.make(algorithm)
    sealed = seal(plain, vote_id=vote_id, trustee_keys=[key.public()], threshold=1)
    assert open_envelope(sealed.ciphertext, sealed.commitment, vote_id=vote_id, private_keys={1: key}).plain == plain


@EITHER
def test_all_envelopes_of_a_vote_have_one_length_whatever_is_in_them(algorithm, vote_id):
    public, card = keys.make(algorithm).public(), {"vote_id": vote_id, "options": 20, "max_ranks": 20}
    plains = [ballots.canonical(range(1, ranks + 1), **card) for ranks in range(21)]
    lengths = {len(seal(p, vote_id=vote_id, trustee_keys=[public], threshold=1).ciphertext) for p in plains}
    assert lengths == {envelopes.ciphertext_bytes(algorithm, trustees=1)}


def test_an_unpadded_ballot_is_not_sealed_at_all(plain, vote_id, key):
    with pytest.raises(ValueError):
        seal(plain.rstrip(b"\0"), vote_id=vote_id, trustee_keys=[key.public()], threshold=1)


def test_sealing_twice_shares_no_byte_run_but_the_header(plain, vote_id, key):
    one, two = (seal(plain, vote_id=vote_id, trustee_keys=[key.public()], threshold=1) for _ in range(2))
    assert one.ciphertext[:4] == two.ciphertext[:4] and one.commitment != two.commitment
    runs = {one.ciphertext[at : at + 8] for at in range(4, len(one.ciphertext) - 8)}
    assert not any(two.ciphertext[at : at + 8] in runs for at in range(4, len(two.ciphertext) - 8))


@pytest.mark.parametrize("flip", [0x01, 0xFF])
def test_no_byte_of_a_ciphertext_can_change(sealed, vote_id, key, flip):
    for at in range(len(sealed.ciphertext)):
        damaged = changed(sealed.ciphertext, at, flip)
        assert failure(sealed, ciphertext=damaged, vote_id=vote_id, private_keys={1: key})


def test_the_place_of_the_damage_decides_the_reason(sealed, vote_id, key):
    regions = {0: Fault.MALFORMED, 1: Fault.UNKNOWN_ALGORITHM, 2: Fault.MALFORMED, 3: Fault.MALFORMED}
    regions |= {4: Fault.SHARE_UNREADABLE, 1155: Fault.SHARE_UNREADABLE, 1156: Fault.CONTENT_DAMAGED}
    regions |= {1168: Fault.CONTENT_DAMAGED, len(sealed.ciphertext) - 1: Fault.CONTENT_DAMAGED}
    damaged = {at: changed(sealed.ciphertext, at) for at in regions}
    given = {"vote_id": vote_id, "private_keys": {1: key}}
    assert {at: failure(sealed, ciphertext=data, **given)[0] for at, data in damaged.items()} == regions


def test_no_byte_of_a_commitment_can_change(sealed, vote_id, key):
    for at in range(32):
        damaged = changed(sealed.commitment, at)
        assert failure(sealed, commitment=damaged, vote_id=vote_id, private_keys={1: key}) == (
            Fault.COMMITMENT_BROKEN,
            1,
        )


def test_no_cut_or_longer_envelope_opens(sealed, vote_id, key):
    for length in [*range(len(sealed.ciphertext)), len(sealed.ciphertext) + 1]:
        ciphertext = (sealed.ciphertext + b"\0")[:length]
        assert failure(sealed, ciphertext=ciphertext, vote_id=vote_id, private_keys={1: key})[0] is Fault.MALFORMED


def test_another_key_does_not_open_it(sealed, vote_id):
    assert failure(sealed, vote_id=vote_id, private_keys={1: keys.make()}) == (Fault.SHARE_UNREADABLE, 1)


def test_a_key_of_another_algorithm_does_not_open_it(sealed, vote_id):
    other = keys.make(Algorithm.X25519)
    assert failure(sealed, vote_id=vote_id, private_keys={1: other}) == (Fault.SHARE_UNREADABLE, 1)


def test_it_does_not_open_as_an_envelope_of_another_vote(sealed, key):
    assert failure(sealed, vote_id=OTHER_VOTE, private_keys={1: key}) == (Fault.SHARE_UNREADABLE, 1)


def test_it_does_not_open_under_the_commitment_of_another_envelope(sealed, plain, vote_id, key):
    other = seal(plain, vote_id=vote_id, trustee_keys=[key.public()], threshold=1)
    given = {"commitment": other.commitment, "vote_id": vote_id, "private_keys": {1: key}}
    assert failure(sealed, **given) == (Fault.COMMITMENT_BROKEN, 1)


def test_the_content_of_another_envelope_cannot_be_put_in(sealed, plain, vote_id, key):
    other = seal(plain, vote_id=vote_id, trustee_keys=[key.public()], threshold=1)
    spliced = sealed.ciphertext[: -envelopes.BODY_BYTES] + other.ciphertext[-envelopes.BODY_BYTES :]
    assert failure(sealed, ciphertext=spliced, vote_id=vote_id, private_keys={1: key}) == (Fault.CONTENT_DAMAGED, None)


def test_without_a_key_it_stays_closed(sealed, vote_id):
    assert failure(sealed, vote_id=vote_id, private_keys={}) == (Fault.TOO_FEW_KEYS, None)


@pytest.mark.parametrize("number", [0, 2, 256])
def test_a_key_under_a_number_nobody_has_is_named(sealed, vote_id, key, number):
    assert failure(sealed, vote_id=vote_id, private_keys={number: key}) == (Fault.SHARE_UNREADABLE, number)


def test_at_one_of_three_each_trustee_opens_alone_and_at_its_own_number(plain, vote_id):
    trustees = [keys.make(Algorithm.X25519) for _ in range(3)]
    sealed = seal(plain, vote_id=vote_id, trustee_keys=[t.public() for t in trustees], threshold=1)
    for number, trustee in enumerate(trustees, start=1):
        opened = open_envelope(
            sealed.ciphertext, sealed.commitment, vote_id=vote_id, private_keys={number: trustee}
        )
        assert opened.plain == plain
    assert failure(sealed, vote_id=vote_id, private_keys={2: trustees[0]}) == (Fault.SHARE_UNREADABLE, 2)


def test_the_commitment_is_to_the_secret_and_never_to_the_ranking(plain, vote_id, key, monkeypatch):
    monkeypatch.setattr(envelopes.secrets, "token_bytes", lambda length: b"s" * length)
    other = ballots.canonical([9], vote_id=vote_id, options=9, max_ranks=5)
    made = {seal(p, vote_id=vote_id, trustee_keys=[key.public()], threshold=1).commitment for p in (plain, other)}
    assert made == {commitment_to(b"s" * 16, vote_id=vote_id)}


@pytest.mark.parametrize(("trustees", "threshold"), [(0, 1), (1, 0), (1, 2), (256, 1)])
def test_impossible_numbers_of_trustees_are_refused(plain, vote_id, trustees, threshold):
    public = [keys.make(Algorithm.X25519).public()] * trustees
    with pytest.raises(ValueError):
        seal(plain, vote_id=vote_id, trustee_keys=public, threshold=threshold)


def test_trustees_of_one_vote_share_one_algorithm(plain, vote_id):
    public = [keys.make(algorithm).public() for algorithm in Algorithm]
    with pytest.raises(ValueError):
        seal(plain, vote_id=vote_id, trustee_keys=public, threshold=1)


def test_the_hybrid_adds_what_the_design_says_to_each_share():
    assert suites.OVERHEAD_BYTES == {Algorithm.HYBRID: 1136, Algorithm.X25519: 48}

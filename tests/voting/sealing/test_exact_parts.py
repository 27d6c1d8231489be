"""The envelope is what the design says, byte for byte: read here a second time, and an old one kept for ever."""

import hashlib
import hmac
import itertools
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from app.voting.sealing import ballots, envelopes, keys
from app.voting.sealing.suites import Algorithm

VERSION = b"lamplight-envelope/1"
KEPT = json.loads((Path(__file__).parent / "kept_envelopes.json").read_text())


def hkdf_sha256(secret, info):
    """RFC 5869 with an empty salt, 32 bytes: one block of output."""
    extracted = hmac.digest(bytes(32), secret, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


def test_an_envelope_read_by_hand_has_the_exact_parts(plain, vote_id):
    key = keys.make(Algorithm.X25519)
    sealed = envelopes.seal(plain, vote_id=vote_id, trustee_keys=[key.public()], threshold=1)
    header, share, nonce, content = (sealed.ciphertext[a:b] for a, b in itertools.pairwise([0, 4, 68, 80, 608]))
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    private = X25519PrivateKey.from_private_bytes(key.sealing)
    secret = suite.decrypt(share, private, info=VERSION + vote_id + b"\x01")
    opened = AESGCM(hkdf_sha256(secret, VERSION + vote_id)).decrypt(nonce, content, VERSION + vote_id + b"\x02")
    assert header == b"\x01\x02\x01\x01" and len(secret) == 16
    assert sealed.commitment == hashlib.sha256(VERSION + vote_id + secret).digest()
    assert opened == plain


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: f"algorithm {kept['algorithm']}")
def test_an_envelope_sealed_long_ago_still_opens(kept):
    key, vote_id = keys.private_from(bytes.fromhex(kept["private_key"])), bytes.fromhex(kept["vote_id"])
    ciphertext, commitment = bytes.fromhex(kept["ciphertext"]), bytes.fromhex(kept["commitment"])
    opened = envelopes.open_envelope(ciphertext, commitment, vote_id=vote_id, private_keys={1: key})
    ranking = ballots.parse(opened.plain, vote_id=vote_id, options=kept["options"], max_ranks=kept["max_ranks"])
    assert list(ranking) == kept["ranking"]


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: f"algorithm {kept['algorithm']}")
def test_a_fingerprint_read_aloud_long_ago_is_still_the_same(kept):
    assert keys.fingerprint(keys.private_from(bytes.fromhex(kept["private_key"])).public()) == kept["fingerprint"]


@pytest.mark.parametrize("pair", [(1, 2), (1, 3), (2, 3)])
def test_an_envelope_sealed_long_ago_for_two_of_three_still_opens(pair):
    kept = json.loads((Path(__file__).parent / "kept_two_of_three.json").read_text())
    holders = dict(enumerate((keys.private_from(bytes.fromhex(key)) for key in kept["private_keys"]), start=1))
    ciphertext, commitment, vote_id = (bytes.fromhex(kept[part]) for part in ("ciphertext", "commitment", "vote_id"))
    given = {number: holders[number] for number in pair}
    opened = envelopes.open_envelope(ciphertext, commitment, vote_id=vote_id, private_keys=given)
    ranking = ballots.parse(opened.plain, vote_id=vote_id, options=kept["options"], max_ranks=kept["max_ranks"])
    assert list(ranking) == kept["ranking"]

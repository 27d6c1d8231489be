"""Trustees' keys: one pair to open envelopes and one to sign, how they are written and how they are read aloud."""

import hashlib
import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.voting.sealing import readable, suites
from app.voting.sealing.faults import Fault, SealingError
from app.voting.sealing.suites import Algorithm

FINGERPRINT_TAG = b"lamplight-trustee-key/1"
CHECK_INFO = b"lamplight-key-check/1"
SIGNING_BYTES = 32


@dataclass(frozen=True, kw_only=True)
class PublicKey:
    """What everybody may see: `sealing` (suites.PUBLIC_BYTES of the algorithm) and `signing` (Ed25519, 32 bytes)."""

    algorithm: Algorithm
    sealing: bytes
    signing: bytes

    def to_bytes(self) -> bytes:
        """Algorithm number (1 byte), signing key, sealing key: what is stored and fingerprinted."""
        return bytes([self.algorithm]) + self.signing + self.sealing


@dataclass(frozen=True, kw_only=True)
class PrivateKey:
    """What only the trustee has, as seeds: `sealing` (suites.SEED_BYTES of the algorithm) and `signing` (32 bytes)."""

    algorithm: Algorithm
    sealing: bytes = field(repr=False)
    signing: bytes = field(repr=False)

    def to_bytes(self) -> bytes:
        """Algorithm number (1 byte), signing seed, sealing seed. Keep it out of logs; `key_files` encrypts it."""
        return bytes([self.algorithm]) + self.signing + self.sealing

    def public(self) -> PublicKey:
        """The public half, computed anew."""
        signing = Ed25519PrivateKey.from_private_bytes(self.signing).public_key().public_bytes_raw()
        return PublicKey(
            algorithm=self.algorithm, sealing=suites.public_of(self.algorithm, self.sealing), signing=signing
        )


def make(algorithm: Algorithm = Algorithm.HYBRID) -> PrivateKey:
    """A new key pair from the system's random source. The hybrid is what a binding vote uses (voting.md 5)."""
    return PrivateKey(
        algorithm=algorithm,
        sealing=secrets.token_bytes(suites.SEED_BYTES[algorithm]),
        signing=secrets.token_bytes(SIGNING_BYTES),
    )


def private_from(data: bytes) -> PrivateKey:
    """A private key from `PrivateKey.to_bytes`. Raises SealingError: NOT_A_KEY, UNKNOWN_ALGORITHM."""
    kind, signing, sealing = _parted(data, suites.SEED_BYTES)
    return PrivateKey(algorithm=kind, signing=signing, sealing=sealing)


def public_from(data: bytes) -> PublicKey:
    """A public key from `PublicKey.to_bytes`. Raises SealingError: NOT_A_KEY, UNKNOWN_ALGORITHM."""
    kind, signing, sealing = _parted(data, suites.PUBLIC_BYTES)
    try:
        suites.closing_key(kind, sealing)
    except ValueError:
        raise SealingError(Fault.NOT_A_KEY) from None
    return PublicKey(algorithm=kind, signing=signing, sealing=sealing)


def fingerprint(key: PublicKey) -> str:
    """24 characters in groups of four (120 bits of SHA-256 over a tag and the key), to be read aloud and printed."""
    digest = hashlib.sha256(FINGERPRINT_TAG + key.to_bytes()).digest()
    return readable.grouped(readable.code(digest, characters=24))


def fits(private: PrivateKey, public: PublicKey) -> bool:
    """The key check before opening and before the close: something sealed to `public` opens with `private`."""
    if private.public() != public:
        return False
    suite, probe = suites.SUITES[public.algorithm], secrets.token_bytes(16)
    try:
        sealed = suite.encrypt(probe, suites.closing_key(public.algorithm, public.sealing), info=CHECK_INFO)
        opened = suite.decrypt(sealed, suites.opening_key(private.algorithm, private.sealing), info=CHECK_INFO)
    except (InvalidTag, ValueError):
        return False
    return secrets.compare_digest(opened, probe)


def _parted(data: bytes, lengths: dict[Algorithm, int]) -> tuple[Algorithm, bytes, bytes]:
    if not data:
        raise SealingError(Fault.NOT_A_KEY)
    kind = suites.algorithm(data[0])
    if len(data) != 1 + SIGNING_BYTES + lengths[kind]:
        raise SealingError(Fault.NOT_A_KEY)
    return kind, data[1 : 1 + SIGNING_BYTES], data[1 + SIGNING_BYTES :]

"""Ed25519 signatures that say what they are for, so that one kind of statement never passes for another."""

import secrets

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SEED_BYTES = 32


def make_seed() -> bytes:
    """A new private signing seed, 32 random bytes."""
    return secrets.token_bytes(SEED_BYTES)


def public_of(seed: bytes) -> bytes:
    """The 32 public bytes of a seed. Raises ValueError for any other length of seed."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(message: bytes, *, purpose: str, seed: bytes) -> bytes:
    """A signature of 64 bytes over purpose and message. `purpose` is a name with a version: `lamplight-receipt/1`."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(_statement(purpose, message))


def is_signed(message: bytes, signature: bytes, *, purpose: str, public: bytes) -> bool:
    """Whether the holder of `public` signed exactly this message for exactly this purpose. Bad input is just False."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _statement(purpose, message))
    except (InvalidSignature, ValueError):
        return False
    return True


def _statement(purpose: str, message: bytes) -> bytes:
    tag = purpose.encode("ascii")
    return bytes([len(tag)]) + tag + message

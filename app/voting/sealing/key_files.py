"""The files of a trustee: the private key, with a passphrase or without one, and the public key for the clerk."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.voting.sealing import armor, keys
from app.voting.sealing.faults import Fault, SealingError
from app.voting.sealing.keys import PrivateKey, PublicKey

PLAIN = "LAMPLIGHT TRUSTEE KEY"
LOCKED = "LAMPLIGHT ENCRYPTED TRUSTEE KEY"
PUBLIC = "LAMPLIGHT PUBLIC TRUSTEE KEY"
SALT_BYTES = 16
NONCE_BYTES = 12
FILE_TAG = b"lamplight-trustee-key-file/1"


def write(key: PrivateKey, *, passphrase: str | None = None) -> str:
    """The key as PEM text; with a passphrase, locked by Argon2id (64 MiB, 3 passes, 4 lanes: RFC 9106) and AES-256-GCM.

    Raises ValueError for an empty passphrase.
    """
    if passphrase is None:
        return armor.wrap(PLAIN, key.to_bytes())
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    locked = AESGCM(_stretched(passphrase, salt)).encrypt(nonce, key.to_bytes(), FILE_TAG)
    return armor.wrap(LOCKED, salt + nonce + locked)


def read(text: str, *, passphrase: str | None = None) -> PrivateKey:
    """The key in a file made by `write`. Raises SealingError: NOT_A_KEY, WRONG_PASSPHRASE, UNKNOWN_ALGORITHM."""
    label, data = _unwrapped(text, PLAIN, LOCKED)
    if label == PLAIN:
        return keys.private_from(data)
    if not passphrase:
        raise SealingError(Fault.WRONG_PASSPHRASE)
    salt, nonce, locked = data[:SALT_BYTES], data[SALT_BYTES:][:NONCE_BYTES], data[SALT_BYTES + NONCE_BYTES :]
    try:
        return keys.private_from(AESGCM(_stretched(passphrase, salt)).decrypt(nonce, locked, FILE_TAG))
    except (InvalidTag, ValueError):
        raise SealingError(Fault.WRONG_PASSPHRASE) from None


def is_locked(text: str) -> bool:
    """Whether the file asks for a passphrase. Raises SealingError(NOT_A_KEY) when it is no key file."""
    return _unwrapped(text, PLAIN, LOCKED)[0] == LOCKED


def write_public(key: PublicKey) -> str:
    """The public key as text, to be handed to the clerk; nobody needs to keep it secret."""
    return armor.wrap(PUBLIC, key.to_bytes())


def read_public(text: str) -> PublicKey:
    """The key in a file made by `write_public`. Raises SealingError: NOT_A_KEY, UNKNOWN_ALGORITHM."""
    return keys.public_from(_unwrapped(text, PUBLIC)[1])


def _unwrapped(text: str, *labels: str) -> tuple[str, bytes]:
    try:
        return armor.unwrap(text, labels)
    except armor.NotArmored:
        raise SealingError(Fault.NOT_A_KEY) from None


def _stretched(passphrase: str, salt: bytes) -> bytes:
    if not passphrase:
        raise ValueError("a passphrase must not be empty")
    stretch = Argon2id(salt=salt, length=32, iterations=3, lanes=4, memory_cost=64 * 1024)
    return stretch.derive(passphrase.encode())

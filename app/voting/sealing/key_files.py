"""The file in which a trustee keeps a private key, with a passphrase or without one."""

import base64
import binascii
import secrets
import textwrap

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.voting.sealing import keys
from app.voting.sealing.faults import Fault, SealingError
from app.voting.sealing.keys import PrivateKey

PLAIN = "LAMPLIGHT TRUSTEE KEY"
LOCKED = "LAMPLIGHT ENCRYPTED TRUSTEE KEY"
SALT_BYTES = 16
NONCE_BYTES = 12
FILE_TAG = b"lamplight-trustee-key-file/1"


def write(key: PrivateKey, *, passphrase: str | None = None) -> str:
    """The key as PEM text; with a passphrase, locked by Argon2id (64 MiB, 3 passes, 4 lanes: RFC 9106) and AES-256-GCM.

    Raises ValueError for an empty passphrase.
    """
    if passphrase is None:
        return _armored(PLAIN, key.to_bytes())
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    locked = AESGCM(_stretched(passphrase, salt)).encrypt(nonce, key.to_bytes(), FILE_TAG)
    return _armored(LOCKED, salt + nonce + locked)


def read(text: str, *, passphrase: str | None = None) -> PrivateKey:
    """The key in a file made by `write`. Raises SealingError: NOT_A_KEY, WRONG_PASSPHRASE, UNKNOWN_ALGORITHM."""
    label, data = _unarmored(text)
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
    return _unarmored(text)[0] == LOCKED


def _stretched(passphrase: str, salt: bytes) -> bytes:
    if not passphrase:
        raise ValueError("a passphrase must not be empty")
    stretch = Argon2id(salt=salt, length=32, iterations=3, lanes=4, memory_cost=64 * 1024)
    return stretch.derive(passphrase.encode())


def _armored(label: str, data: bytes) -> str:
    body = "\n".join(textwrap.wrap(base64.b64encode(data).decode(), 64))
    return f"-----BEGIN {label}-----\n{body}\n-----END {label}-----\n"


def _unarmored(text: str) -> tuple[str, bytes]:
    lines = text.split("\n") if "\r" not in text else text.split("\r\n")
    lines = [line.strip() for line in lines if line.strip()]
    for label in (PLAIN, LOCKED):
        if len(lines) > 2 and (lines[0], lines[-1]) == (f"-----BEGIN {label}-----", f"-----END {label}-----"):
            try:
                return label, base64.b64decode("".join(lines[1:-1]), validate=True)
            except binascii.Error:
                break
    raise SealingError(Fault.NOT_A_KEY)

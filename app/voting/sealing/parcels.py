"""A file that lies locked until it is handed out once: its key is kept elsewhere, and without it nothing is left."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.voting.sealing.faults import Fault, SealingError

NONCE_BYTES = 12


def lock(content: bytes) -> tuple[bytes, bytes]:
    """A fresh key of 32 bytes, and the content locked with it by AES-256-GCM under a random nonce."""
    key, nonce = AESGCM.generate_key(256), secrets.token_bytes(NONCE_BYTES)
    return key, nonce + AESGCM(key).encrypt(nonce, content, None)


def unlock(key: bytes, parcel: bytes) -> bytes:
    """The content of a parcel made by `lock`. Raises SealingError(CONTENT_DAMAGED)."""
    try:
        return AESGCM(key).decrypt(parcel[:NONCE_BYTES], parcel[NONCE_BYTES:], None)
    except (InvalidTag, ValueError):
        raise SealingError(Fault.CONTENT_DAMAGED) from None

"""What the public log shows of an envelope: a hash that says it is there and nothing about what is in it."""

import hashlib
import secrets

from app.voting.sealing import readable

TAG = b"lamplight-leaf/1"
NONCE_BYTES = 16
CODE_CHARACTERS = 16


def make_nonce() -> bytes:
    """16 random bytes, known to the receipt's holder and the roll, never printed in the log."""
    return secrets.token_bytes(NONCE_BYTES)


def leaf(ciphertext: bytes, *, vote_id: bytes, nonce: bytes) -> bytes:
    """SHA-256(tag, vote id (16 bytes), SHA-256(ciphertext), receipt nonce (16 bytes)): 32 bytes.

    Raises ValueError for another length of vote id or nonce. Source: voting.md 6.
    """
    if len(vote_id) != 16 or len(nonce) != NONCE_BYTES:
        raise ValueError("vote id and receipt nonce have 16 bytes each")
    return hashlib.sha256(TAG + vote_id + hashlib.sha256(ciphertext).digest() + nonce).digest()


def receipt_code(leaf_hash: bytes) -> str:
    """The first 16 base-32 characters of a leaf, without hyphens: what is stored and looked up."""
    return readable.code(leaf_hash, characters=CODE_CHARACTERS)

"""Whether a passphrase would hold when somebody has the key file and all the time in the world."""

import secrets
from enum import StrEnum

from app.voting.sealing import readable

LEAST = 14
LEAST_DIFFERENT = 7
LEAST_OF_OWN = 8
FAMILIAR = ("lamplight", "passphrase", "password", "trustee", "qwerty", "abcdef", "123456", "letmein", "secret")


class Weak(StrEnum):
    """Why a passphrase is too weak."""

    SHORT = "short"
    MONOTONOUS = "monotonous"
    FAMILIAR = "familiar"
    DIGITS = "digits"


def weakness(passphrase: str) -> Weak | None:
    """The first reason to refuse it. The key file is locked by Argon2id, so four ordinary words in a row are enough."""
    if len(passphrase) < LEAST:
        return Weak.SHORT
    if len(set(passphrase.lower())) < LEAST_DIFFERENT:
        return Weak.MONOTONOUS
    if not any(character.isalpha() for character in passphrase):
        return Weak.DIGITS
    left = passphrase.lower()
    for word in FAMILIAR:
        left = left.replace(word, "")
    return Weak.FAMILIAR if len(left) < LEAST_OF_OWN else None


def suggestion() -> str:
    """A passphrase of 80 random bits in groups of four, for whoever has no idea of their own."""
    return readable.grouped(readable.code(secrets.token_bytes(10), characters=16)).lower()

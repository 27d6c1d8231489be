"""Receipts: the log's signed word that a leaf is in it within ten minutes, and the code by which it is found."""

import base64
import binascii
from dataclasses import dataclass, field, replace

from app.voting.sealing import leaves, readable, signatures
from app.voting.tree.statements import BadStatement, as_json, as_text, hex_bytes, read

KIND = "lamplight-receipt/1"
NAMES = ("vote", "code", "leaf", "nonce", "signature")
LENGTHS = (16, 32, 16, 64)
"""Of vote id, leaf, nonce and signature, in the order in which a QR code carries them."""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What a voter takes home. It says that an envelope is stored, and nothing about what is in it."""

    vote_id: bytes
    leaf: bytes
    nonce: bytes = field(repr=False)
    signature: bytes = b""

    @property
    def code(self) -> str:
        """16 characters by which the log finds the leaf."""
        return leaves.receipt_code(self.leaf)

    @property
    def message(self) -> bytes:
        """What the log signs: vote id (16 bytes) and leaf (32). No time, so the same cast gives the same receipt."""
        return self.vote_id + self.leaf

    def signed(self, seed: bytes) -> "Receipt":
        """The same receipt with the log's signature. Raises ValueError for a seed that is none."""
        return replace(self, signature=signatures.sign(self.message, purpose=KIND, seed=seed))

    def is_signed_by(self, public: bytes) -> bool:
        """Whether the log with this public key (32 bytes) promised this leaf."""
        return signatures.is_signed(self.message, self.signature, purpose=KIND, public=public)

    @property
    def values(self) -> dict[str, str | int]:
        """What stands in its file."""
        return {
            "vote": self.vote_id.hex(),
            "code": readable.grouped(self.code),
            "leaf": self.leaf.hex(),
            "nonce": self.nonce.hex(),
            "signature": self.signature.hex(),
        }

    def as_text(self) -> str:
        """The receipt as lines of text."""
        return as_text(KIND, self.values)

    def as_json(self) -> str:
        """The receipt as JSON."""
        return as_json(KIND, self.values)

    @property
    def packed(self) -> str:
        """The whole receipt in 171 characters, for a QR code."""
        parts = self.vote_id + self.leaf + self.nonce + self.signature
        return base64.urlsafe_b64encode(parts).decode().rstrip("=")


def from_text(text: str) -> Receipt:
    """The receipt in a file, text or JSON; not yet checked. Raises BadStatement, also where the code is another's."""
    values = read(text, KIND, NAMES)
    receipt = Receipt(
        vote_id=hex_bytes(values["vote"], 16, "vote"),
        leaf=hex_bytes(values["leaf"], 32, "leaf"),
        nonce=hex_bytes(values["nonce"], 16, "nonce"),
        signature=hex_bytes(values["signature"], 64, "signature"),
    )
    if readable.typed(values["code"]) != receipt.code:
        raise BadStatement("the code does not belong to the leaf")
    return receipt


def from_packed(text: str) -> Receipt:
    """The receipt in a QR code's text. Raises BadStatement."""
    try:
        packed = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        packed = b""
    if len(packed) != sum(LENGTHS):
        raise BadStatement("this is not a receipt's QR code")
    vote_id, leaf, nonce, signature = (
        packed[sum(LENGTHS[:part]) : sum(LENGTHS[: part + 1])] for part in range(len(LENGTHS))
    )
    receipt = Receipt(vote_id=vote_id, leaf=leaf, nonce=nonce, signature=signature)
    if receipt.packed != text:
        raise BadStatement("this is not a receipt's QR code")
    return receipt


def leaf_start(code: str) -> bytes | None:
    """The first 10 bytes of every leaf with this code as a person typed it; None for what cannot be a code."""
    typed = readable.typed(code)
    if len(typed) != leaves.CODE_CHARACTERS or not set(typed) <= set(readable.ALPHABET):
        return None
    bits = 0
    for character in typed:
        bits = bits * 32 + readable.ALPHABET.index(character)
    return bits.to_bytes(10, "big")

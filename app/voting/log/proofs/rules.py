"""A proof that can be taken away and checked without this site."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.voting.tree.heads import Head

KIND = "lamplight-proof/1"


class Standing(StrEnum):
    """How a code stands to the log."""

    LOGGED = "logged"
    PENDING = "pending"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Proof:
    """A leaf at `position` (from 0), the hashes that lead to the head's root, and the key that signed the head."""

    leaf: bytes
    position: int
    path: tuple[bytes, ...]
    head: Head
    log_public_key: bytes
    note: str | None = None

    def as_json(self, cosignatures: Sequence[Mapping[str, str]]) -> str:
        """The proof as a file, with the witnesses' signatures under its head: what a check needs besides the receipt.

        The log's key is in it for convenience; whoever checks takes it from the rule card.
        """
        content = {
            "format": KIND,
            "leaf": self.leaf.hex(),
            "position": self.position,
            "path": [step.hex() for step in self.path],
            "head": self.head.values,
            "log_public_key": self.log_public_key.hex(),
            "cosignatures": list(cosignatures),
        }
        return json.dumps(content, indent=2) + "\n"

"""A proof that can be taken away and checked without this site."""

import json
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

    def as_json(self) -> str:
        """The proof as a file: everything that a check needs except where to get the log's key from."""
        content = {
            "format": KIND,
            "leaf": self.leaf.hex(),
            "position": self.position,
            "path": [step.hex() for step in self.path],
            "head": self.head.values,
            "log_public_key": self.log_public_key.hex(),
        }
        return json.dumps(content, indent=2) + "\n"

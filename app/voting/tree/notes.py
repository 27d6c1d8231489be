"""Leaves that are no ballots: a sentence the log keeps, whose words are public so that anybody can hash them again."""

import hashlib

TAG = b"lamplight-log-note/1"
AUDIT = "audit-log "
CLOSED = "closed "


def leaf(text: str, *, vote_id: bytes) -> bytes:
    """SHA-256(tag, vote id (16 bytes), the note in UTF-8): 32 bytes, never the leaf of an envelope."""
    if len(vote_id) != 16:
        raise ValueError("a vote id has 16 bytes")
    return hashlib.sha256(TAG + vote_id + text.encode()).digest()


def audit_head(entry_hash: str) -> str:
    """The note that anchors the audit log: the hash of its last entry, in hex."""
    return AUDIT + entry_hash


def closed(ballots: int) -> str:
    """The note of the close: how many leaves before it are envelopes; none comes after it."""
    return f"{CLOSED}{ballots}"

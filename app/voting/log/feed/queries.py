"""The log as plain data for programs."""

from typing import Any

from app.core.errors import DomainError, ensure
from app.voting.log import queries
from app.voting.queries import VoteFacts
from app.voting.tree import merkle
from app.voting.tree.heads import KIND, Head

MOST_LEAVES = 1_000


def newest(vote: VoteFacts) -> dict[str, Any]:
    """The last head with the witnesses' signatures under it; `head` is null before the first."""
    head = queries.last_head(vote.id)
    return {
        "head": head and {"format": KIND, **head.values},
        "log_public_key": (vote.log_public_key or b"").hex(),
        "cosignatures": [each.values for each in queries.cosignatures(head)],
    }


def growth(vote: VoteFacts, old: int, size: int | None) -> dict[str, Any]:
    """The path from `old` leaves to the head of `size` (the last one where None); DomainError outside of it."""
    head = _head(vote, size)
    ensure(0 <= old <= head.size, "no_such_size", "the log never had that many leaves under that head")
    path = merkle.consistency_path(queries.leaves(vote.id, size=head.size), old)
    return {"from": old, "size": head.size, "root": head.root.hex(), "path": [step.hex() for step in path]}


def some_leaves(vote: VoteFacts, start: int) -> dict[str, Any]:
    """Up to a thousand leaves from position `start`, each with its note where it is no envelope."""
    lines = queries.lines_from(vote.id, start, most=MOST_LEAVES)
    return {"from": start, "leaves": [{"leaf": line.leaf.hex(), "note": line.note} for line in lines]}


def _head(vote: VoteFacts, size: int | None) -> Head:
    head = queries.last_head(vote.id) if size is None else queries.head_at(vote.id, size)
    if head is None:
        raise DomainError("no_such_head", "this log has no such head")
    return head

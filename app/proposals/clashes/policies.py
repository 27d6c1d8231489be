"""Who may flag two proposals as incompatible: officers, and nobody whose own proposal is one of the two."""

from collections.abc import Collection

from app.core.access import Actor


def has_no_stake(actor: Actor, author_ids: Collection[int]) -> bool:
    """Whether neither proposal is their own."""
    return actor.id not in author_ids

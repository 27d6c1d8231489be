"""Who promises for a task force, and who says what became of it."""

from collections.abc import Collection

from app.core.access import Actor


def may_promise(actor: Actor | None, chair_ids: Collection[int]) -> bool:
    """Whoever may sign for a side: its co-chair, or the deputy of an absent one."""
    return actor is not None and actor.id in chair_ids

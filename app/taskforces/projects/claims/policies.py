"""Who says that a milestone is done, and who of the other side may answer (domain rule 20)."""

from app.taskforces.projects.promises.rules import Who
from app.taskforces.seats.rules import Side


def hand(side: Side | None, claimed_by: Side | None, *, is_claimer: bool) -> Who | None:
    """As who somebody meets a claim: as the other side, as their own, or (without a side) as nobody."""
    if side is None:
        return None
    return Who.OTHER_CHAIR if claimed_by is not None and side is not claimed_by and not is_claimer else Who.CHAIR

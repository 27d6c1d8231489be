"""Who attests a signature on paper, and who may look at the sheet."""

from collections.abc import Collection

from app.core.access import Actor, Role


def may_attest(actor: Actor, neighborhood_id: int, *, sits: bool) -> bool:
    """A clerk of the neighborhood who has no seat in a task force that signs."""
    return actor.holds(Role.CLERK, neighborhood_id) and not sits


def may_see_sheet(actor: Actor, neighborhood_id: int, signers: Collection[int]) -> bool:
    """The clerk, oversight, and those who have signed: a sheet shows how somebody writes their name."""
    in_office = any(actor.holds(role, neighborhood_id) for role in (Role.CLERK, Role.OVERSEER))
    return in_office or actor.id in signers

"""How the co-chairs of the demo sign what is put before them."""

from collections.abc import Sequence
from dataclasses import replace

from app.core.access import Actor
from app.core.clock import now
from app.taskforces.signing import queries
from app.taskforces.signing import services as signing
from app.taskforces.signing.rules import Verdict
from app.taskforces.signing.services import Sign


def both_sign(agreement_id: int, chairs: Sequence[Actor]) -> None:
    """Both sides agree, one after the other, each having just proved who they are."""
    for chair in chairs:
        seen = queries.agreement(agreement_id).hash
        command = Sign(verdict=Verdict.APPROVE, statement="", seen=seen)
        signing.sign(agreement_id, command, by=replace(chair, confirmed_at=now(), second_factor_at=now()))

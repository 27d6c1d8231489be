"""A request to a board, whatever a test needs to go wrong with it, and what the audit log says of the tries."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, transaction
from app.voting import queries as votes
from app.voting.board import queries, services
from app.voting.board.models import BoardMember, PendingAction
from app.voting.board.rules import ActKind, Ending, WhyNot
from app.voting.board.services import MayNot
from tests import make


@dataclass(frozen=True)
class Asked:
    """A request to fix a ballot that waits, and the three on its board."""

    cycle_id: int
    id: bytes
    first: Actor
    second: Actor
    observer: Actor

    @property
    def seen(self) -> str:
        """The hash on the page of the request."""
        return queries.action(self.cycle_id, self.id.hex()).hash

    def agree(self, by: Actor | None = None, seen: str | None = None) -> object:
        """The second member agrees, or whoever a test sends."""
        return services.approve(self.id, self.seen if seen is None else seen, by=by or self.second)

    @property
    def ending(self) -> Ending | None:
        """How the request ended, read anew."""
        db.session.rollback()
        return db.session.scalar(sa.select(PendingAction.ending).where(PendingAction.id == self.id))

    @property
    def is_done(self) -> bool:
        """Whether the ballot is fixed."""
        db.session.rollback()
        return votes.find_vote(self.cycle_id) is not None


def asked() -> Asked:
    """A ballot that one member wants to fix."""
    cycle_id = make.votable_cycle().id
    first, second, observer = make.board_of(cycle_id)
    return Asked(cycle_id, services.request(cycle_id, ActKind.FIX, {}, by=first), first, second, observer)


def change(kind: type, where: Any, **values: Any) -> None:
    """Rows changed behind everybody's back."""
    with transaction():
        db.session.execute(sa.update(kind).where(where).values(**values))


def member(who: Actor) -> Any:
    """The place of somebody on a board."""
    return BoardMember.person_id == who.id


def refusals() -> list[dict[str, Any]]:
    """What the audit log says of refused tries, oldest first."""
    db.session.rollback()
    query = sa.select(AuditEntry.body).where(AuditEntry.kind == "ActRefused").order_by(AuditEntry.sequence)
    return [json.loads(body)["facts"] for body in db.session.scalars(query)]


def refused(try_it: Callable[[], object], of: Asked, who: Actor) -> WhyNot:
    """Why the try was refused; fails unless nothing was done and exactly this try is in the audit log."""
    before = len(refusals())
    try:
        try_it()
    except MayNot as refusal:
        reason = refusal.reason
    else:
        raise AssertionError("it was done")
    assert not of.is_done, "it was refused and done all the same"
    (told,) = refusals()[before:]
    assert (told["reason"], told["action_id"], told["actor_id"]) == (reason.value, of.id.hex(), who.id)
    return reason


def earlier(**more: float) -> Any:
    """A moment so long ago."""
    return now() - timedelta(**more)

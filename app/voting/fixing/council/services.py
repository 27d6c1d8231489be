"""The one verb: a clerk records what the council has decided about the list of options."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, locked, transaction
from app.core.errors import ensure, ensure_standing
from app.core.events import publish
from app.cycles.models import Cycle
from app.cycles.queries import facts
from app.cycles.rules import Stage
from app.voting import policies
from app.voting.fixing import queries
from app.voting.fixing.council.events import CouncilConfirmed
from app.voting.fixing.models import CouncilConfirmation


@dataclass(frozen=True, kw_only=True)
class RecordConfirmation:
    """Who confirmed which list (`seen`: its hash as it was read), when, and where that can be looked up."""

    confirmed_by: str
    decided_on: date
    reference: str
    seen: str
    address: str | None = None


def record_confirmation(cycle_id: int, command: RecordConfirmation, *, by: Actor) -> int:
    """Put the council's decision on record; it holds for the list of options and prices that was before it."""
    with transaction():
        locked(Cycle, cycle_id)
        cycle = facts(cycle_id, drafts=True)
        allowed = policies.may_run(by, cycle.neighborhood_id)
        ensure_standing(allowed, _("Only a clerk of this neighborhood records what the council has decided."))
        asks = cycle.plan is not None and cycle.plan.asks_confirmation
        ensure(asks, "not_asked", _("This cycle does not ask for the council's confirmation."))
        ensure(cycle.stage is Stage.REVIEWING, "not_reviewing", _("The council confirms the list during the review."))
        future = _("That day has not come yet.")
        ensure(command.decided_on <= today(cycle.time_zone), "future", future, field="decided_on")
        changed = _("The list has changed while you were writing. Please read it again.")
        ensure(command.seen == queries.hash_now(cycle_id), "changed_meanwhile", changed, field="reference")
        row = CouncilConfirmation(
            cycle_id=cycle_id,
            list_hash=command.seen,
            confirmed_by=command.confirmed_by,
            decided_on=command.decided_on,
            reference=command.reference,
            address=command.address or None,
            recorded_by_id=by.id,
            recorded_at=now(),
        )
        db.session.add(row)
        db.session.flush()
        publish(
            CouncilConfirmed(
                actor_id=by.id,
                cycle_id=cycle_id,
                confirmation_id=row.id,
                list_hash=row.list_hash,
                confirmed_by=row.confirmed_by,
                decided_on=row.decided_on.isoformat(),
                reference=row.reference,
            )
        )
        return row.id

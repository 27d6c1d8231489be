"""The one verb of priorities: a clerk writes down what an assembly has agreed."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure, ensure_standing
from app.core.events import publish
from app.cycles import policies
from app.cycles.models import Cycle
from app.cycles.priorities import rules, words
from app.cycles.priorities.events import PrioritiesStated
from app.cycles.priorities.models import Priority, PriorityStatement


@dataclass(frozen=True, kw_only=True)
class StatePriorities:
    """The statement, where and when it was agreed, and the priorities in it by name."""

    text: str
    assembly: str
    agreed_on: date
    names: tuple[str, ...]


def state(cycle_id: int, command: StatePriorities, *, by: Actor) -> None:
    """Write down a cycle's priorities, or write them anew, before proposals are collected."""
    with transaction():
        cycle = locked(Cycle, cycle_id)
        if cycle is None:
            raise NotFound
        allowed = policies.may_edit(by, cycle.neighborhood_id)
        ensure_standing(allowed, _("Only a clerk of this neighborhood writes down its priorities."))
        ensure(
            rules.may_still_change(cycle.stage),
            "collecting",
            _("Proposals are being collected, so the priorities stay as they are."),
        )
        _ensure_sound(command, cycle.neighborhood.time_zone)
        row = db.session.merge(_row(cycle_id, command))
        db.session.execute(sa.delete(Priority).where(Priority.cycle_id == cycle_id))
        named = [Priority(cycle_id=cycle_id, position=n, name=name) for n, name in enumerate(command.names, start=1)]
        db.session.add_all(named)
        db.session.flush()
        publish(
            PrioritiesStated(
                actor_id=by.id,
                cycle_id=cycle_id,
                agreed_on=row.agreed_on.isoformat(),
                priority_ids=tuple(each.id for each in named),
                text=row.text,
            )
        )


def _row(cycle_id: int, command: StatePriorities) -> PriorityStatement:
    said = {"text": command.text, "assembly": command.assembly, "agreed_on": command.agreed_on}
    return PriorityStatement(cycle_id=cycle_id, written_at=now(), **said)


def _ensure_sound(command: StatePriorities, zone: str) -> None:
    reason = rules.why_not(command.names)
    ensure(reason is None, str(reason), str(words.WHY_NOT[reason]) if reason else "", field="names")
    ensure(
        command.agreed_on <= today(zone), "not_yet", _("This day has not come yet. When was it?"), field="agreed_on"
    )

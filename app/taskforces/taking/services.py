"""Two verbs of clerks: settle what task forces are for by default, and name one for a proposal."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure, ensure_standing
from app.core.events import publish
from app.places.models import Area, Category, Neighborhood
from app.proposals.rules import Stage, open_to_change
from app.proposals.services import opened
from app.taskforces import policies
from app.taskforces.models import TaskForce
from app.taskforces.taking.events import RemitsSettled, TakerNamed
from app.taskforces.taking.models import Remit, Taking


@dataclass(frozen=True, kw_only=True)
class SettleRemits:
    """Which task force takes on the projects of which category, and of which area; what is not named has none."""

    categories: Mapping[int, int]
    areas: Mapping[int, int]


def settle_remits(neighborhood_id: int, command: SettleRemits, *, by: Actor) -> None:
    """Settle the defaults of a neighborhood; ballots that are fixed keep whom they named."""
    ensure_standing(policies.may_constitute(by, neighborhood_id), _only_clerks())
    with transaction():
        if locked(Neighborhood, neighborhood_id) is None:
            raise NotFound
        kinds, areas = (_ids(model, neighborhood_id) for model in (Category, Area))
        bodies = _ids(TaskForce, neighborhood_id)
        named = {*command.categories.values(), *command.areas.values()}
        fits = set(command.categories) <= kinds and set(command.areas) <= areas and named <= bodies
        ensure(fits, "foreign", _("Choose a task force of this neighborhood."))
        mine = sa.or_(Remit.category_id.in_(kinds), Remit.area_id.in_(areas))
        db.session.execute(sa.delete(Remit).where(mine))
        db.session.add_all(Remit(category_id=kind, task_force_id=body) for kind, body in command.categories.items())
        db.session.add_all(Remit(area_id=area, task_force_id=body) for area, body in command.areas.items())
        told = [f"category {kind}: {body}" for kind, body in sorted(command.categories.items())]
        told += [f"area {area}: {body}" for area, body in sorted(command.areas.items())]
        publish(RemitsSettled(actor_id=by.id, neighborhood_id=neighborhood_id, remits=tuple(told)))


def name_taker(proposal_id: int, task_force_id: int | None, *, by: Actor) -> int:
    """Name who would take this proposal on, until the ballot is fixed; None: the default again. Returns its id."""
    with transaction():
        proposal, cycle = opened(proposal_id, by)
        ensure_standing(policies.may_constitute(by, cycle.neighborhood_id), _only_clerks())
        ensure(open_to_change(cycle.stage), "ballot_fixed", _("The ballot names it already, so it stays."))
        ensure(proposal.stage is Stage.FEASIBLE, "stage", _("A task force is named once a proposal is feasible."))
        message = _("Choose a task force of this neighborhood.")
        known = task_force_id is None or task_force_id in _ids(TaskForce, cycle.neighborhood_id)
        ensure(known, "foreign", message, field="task_force_id")
        row = locked(Taking, proposal_id)
        if task_force_id is not None:
            row = row or Taking(proposal_id=proposal_id)
            row.task_force_id, row.named_by_id, row.named_at = task_force_id, by.id, now()
            db.session.add(row)
        elif row is not None:
            db.session.delete(row)
        publish(TakerNamed(actor_id=by.id, proposal_id=proposal_id, cycle_id=cycle.id, task_force_id=task_force_id))
    return proposal_id


def _ids(model: type[Category] | type[Area] | type[TaskForce], neighborhood_id: int) -> set[int]:
    return set(db.session.scalars(sa.select(model.id).where(model.neighborhood_id == neighborhood_id)))


def _only_clerks() -> str:
    sentence: str = _("Only a clerk here says which task force takes on which projects.")
    return sentence

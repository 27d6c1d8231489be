"""The verbs around partners: name one, let one leave, name who manages the project."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure, ensure_standing
from app.core.events import publish
from app.taskforces.projects import policies
from app.taskforces.projects.models import Project
from app.taskforces.projects.partners.events import ManagerNamed, PartnerLeft, PartnerNamed
from app.taskforces.projects.partners.models import Partner
from app.taskforces.projects.partners.rules import PartnerRole
from app.taskforces.projects.rules import Act
from app.taskforces.projects.services import ensure_allowed, held, here
from app.taskforces.seats import queries as seats


@dataclass(frozen=True, kw_only=True)
class NamePartner:
    """An organization and what it does for a project."""

    name: str
    role: PartnerRole


def name_partner(project_id: int, command: NamePartner, *, by: Actor) -> Partner:
    """Name an organization in a role; a new lead takes the place of the one before, who stays on record."""
    with transaction():
        project = _opened(project_id, by)
        held_already = sa.select(Partner).where(
            Partner.project_id == project.id, Partner.role == command.role, Partner.until_on.is_(None)
        )
        there = db.session.scalars(held_already).all()
        twice = _("This organization has that role already.")
        same = any(each.name.casefold() == command.name.casefold() for each in there)
        ensure(not same, "named_already", twice, field="name")
        if command.role is PartnerRole.LEAD:
            for each in there:
                each.until_on = here(project)
            project.lead = command.name
            db.session.flush()
        row = Partner(project_id=project.id, name=command.name, role=command.role, since_on=here(project))
        db.session.add(row)
        db.session.flush()
        event = PartnerNamed(actor_id=by.id, project_id=project.id, partner_id=row.id, role=row.role, name=row.name)
        publish(event)
    return row


def let_leave(project_id: int, partner_id: int, *, by: Actor) -> None:
    """Note that a partner has left today; whoever leads the work leaves only by another lead."""
    with transaction():
        project = _opened(project_id, by)
        row = locked(Partner, partner_id)
        if row is None or row.project_id != project.id or row.until_on is not None:
            raise NotFound
        led_by = _("Name another organization that leads the work: a project is never without one.")
        ensure(row.role is not PartnerRole.LEAD, "is_lead", led_by)
        row.until_on = here(project)
        publish(PartnerLeft(actor_id=by.id, project_id=project.id, partner_id=row.id, role=row.role))


def name_manager(project_id: int, manager: str, *, by: Actor) -> None:
    """Name who manages the project from day to day."""
    with transaction():
        project = _opened(project_id, by)
        project.manager = manager
        publish(ManagerNamed(actor_id=by.id, project_id=project.id, manager=manager))


def _opened(project_id: int, by: Actor) -> Project:
    project = held(project_id)
    chairs = seats.co_chair_ids(project.task_force_id, here(project))
    allowed = policies.may_name_partners(by, chairs, project.cycle.neighborhood_id)
    ensure_standing(allowed, _("Only the co-chairs of its task force and the clerk can do this."))
    ensure_allowed(project.stage, Act.NAME_PARTNERS)
    return project

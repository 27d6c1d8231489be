"""Two verbs of clerks: put an organization on the list, and correct what the list says of it."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure, ensure_standing
from app.core.events import publish
from app.places.models import Neighborhood
from app.taskforces.interests.models import Interest
from app.taskforces.organizations import policies
from app.taskforces.organizations.events import OrganizationAdded, OrganizationChanged
from app.taskforces.organizations.models import Organization
from app.taskforces.organizations.rules import OrganizationKind, plain


@dataclass(frozen=True, kw_only=True)
class NameOrganization:
    """What an organization is called and what it is; `contact` stays with the office."""

    name: str
    kind: OrganizationKind
    contact: str | None = None


def add(neighborhood_id: int, command: NameOrganization, *, by: Actor) -> Organization:
    """Put an organization on the list of a neighborhood."""
    with transaction():
        _ensure_free(neighborhood_id, command.name, by, but=None)
        row = Organization(
            neighborhood_id=neighborhood_id, name=command.name, kind=command.kind, contact=command.contact
        )
        db.session.add(row)
        db.session.flush()
        event = OrganizationAdded(
            actor_id=by.id, organization_id=row.id, neighborhood_id=neighborhood_id, kind=row.kind, name=row.name
        )
        publish(event)
    return row


def change(organization_id: int, command: NameOrganization, *, by: Actor) -> None:
    """Correct the list; terms that began under another name keep it."""
    with transaction():
        row = locked(Organization, organization_id)
        if row is None:
            raise NotFound
        _ensure_free(row.neighborhood_id, command.name, by, but=row.id)
        if plain(row.name) != plain(command.name):
            _ensure_not_declared(row.id)
        row.name, row.kind, row.contact = command.name, command.kind, command.contact
        publish(OrganizationChanged(actor_id=by.id, organization_id=row.id, kind=row.kind, name=row.name))


def _ensure_not_declared(organization_id: int) -> None:
    """A project knows the organization that leads it by name: another name would lift a recusal in silence (rule 3)."""
    query = sa.select(Interest.id).where(Interest.organization_id == organization_id, Interest.ends_on.is_(None))
    stays = _("Somebody with a seat has declared an interest in it, so its name stays while that lasts (rule 3).")
    ensure(db.session.execute(query.limit(1)).first() is None, "declared", stays, field="name")


def _ensure_free(neighborhood_id: int, name: str, by: Actor, *, but: int | None) -> None:
    if locked(Neighborhood, neighborhood_id) is None:
        raise NotFound
    ensure_standing(policies.may_keep(by, neighborhood_id), _("Only a clerk here keeps the list of organizations."))
    query = sa.select(Organization.id, Organization.name).where(Organization.neighborhood_id == neighborhood_id)
    taken = {plain(known): id_ for id_, known in db.session.execute(query)}
    there = _("This organization is on the list already.")
    ensure(taken.get(plain(name)) in (None, but), "on_the_list", there, field="name")

"""What can have happened to an organization on the list."""

from dataclasses import dataclass

from app.core.events import Event
from app.taskforces.organizations.rules import OrganizationKind


@dataclass(frozen=True, kw_only=True)
class OrganizationAdded(Event):
    """An organization stands on the list of a neighborhood."""

    organization_id: int
    neighborhood_id: int
    kind: OrganizationKind
    name: str


@dataclass(frozen=True, kw_only=True)
class OrganizationChanged(Event):
    """The list calls an organization otherwise, or something else; terms keep the name they began with."""

    organization_id: int
    kind: OrganizationKind
    name: str

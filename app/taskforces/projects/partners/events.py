"""What can have happened to the organizations behind a project."""

from dataclasses import dataclass

from app.core.events import Event, free_text
from app.taskforces.projects.partners.rules import PartnerRole


@dataclass(frozen=True, kw_only=True)
class PartnerNamed(Event):
    """An organization takes a role in a project; a new lead replaces the one before."""

    project_id: int
    partner_id: int
    role: PartnerRole
    name: str = free_text()


@dataclass(frozen=True, kw_only=True)
class PartnerLeft(Event):
    """An organization has left a project."""

    project_id: int
    partner_id: int
    role: PartnerRole


@dataclass(frozen=True, kw_only=True)
class ManagerNamed(Event):
    """Somebody else manages a project from now on."""

    project_id: int
    manager: str = free_text()

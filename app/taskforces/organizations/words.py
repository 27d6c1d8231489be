"""Kinds of organization in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.taskforces.organizations.rules import OrganizationKind

KINDS: Mapping[OrganizationKind, LazyString] = {
    OrganizationKind.RESIDENTS: _l("Residents' association"),
    OrganizationKind.COUNCIL: _l("Council"),
    OrganizationKind.AGENCY: _l("Public agency or department"),
    OrganizationKind.FAITH: _l("Faith body"),
    OrganizationKind.SCHOOL: _l("School"),
    OrganizationKind.CHARITY: _l("Charity"),
    OrganizationKind.BUSINESS: _l("Business"),
    OrganizationKind.OVERSIGHT: _l("Oversight body"),
    OrganizationKind.OTHER: _l("Another body"),
}

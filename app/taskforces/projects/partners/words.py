"""Roles of partners in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.taskforces.projects.partners.rules import PartnerRole

ROLES: Mapping[PartnerRole, LazyString] = {
    PartnerRole.LEAD: _l("Leads the work"),
    PartnerRole.DELIVERY: _l("Does part of the work"),
    PartnerRole.FUNDER: _l("Gives money beside the pot"),
    PartnerRole.REFERRAL: _l("Sends people to it"),
    PartnerRole.MONITOR: _l("Watches whether it works"),
}

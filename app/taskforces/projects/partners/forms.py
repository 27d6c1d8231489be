"""The forms of partners."""

from flask_babel import lazy_gettext as _
from wtforms import SelectField

from app.core.forms import Form, LineField, offered
from app.taskforces.projects.partners.rules import PartnerRole
from app.taskforces.projects.partners.services import NamePartner
from app.taskforces.projects.partners.words import ROLES


class PartnerForm(Form):
    """An organization and what it does."""

    name = LineField(_("Organization"), most=160)
    role = SelectField(
        _("What it does"),
        choices=offered((role.value, ROLES[role]) for role in PartnerRole),
        default=PartnerRole.DELIVERY.value,
    )

    def command(self) -> NamePartner:
        """The answers as a command."""
        return NamePartner(name=self.name.data or "", role=PartnerRole(self.role.data))


class ManagerForm(Form):
    """Who manages the project."""

    manager = LineField(
        _("Who manages the work from day to day"),
        most=160,
        description=_("A name or an office, and how to reach it. Everybody can read this."),
    )

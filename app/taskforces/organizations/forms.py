"""The form of an organization on the list."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields import SelectChoice

from app.core.forms import Form, LineField
from app.taskforces.organizations import words
from app.taskforces.organizations.queries import OrganizationFacts
from app.taskforces.organizations.rules import OrganizationKind
from app.taskforces.organizations.services import NameOrganization


class OrganizationForm(Form):
    """What an organization is called and what it is."""

    name = LineField(_l("Name"), most=160, description=_l("For example: Mill Lane residents' group."))
    kind = SelectField(
        _l("What it is"), choices=[SelectChoice(kind.value, words.KINDS[kind]) for kind in OrganizationKind]
    )
    contact = LineField(_l("How to reach it"), least=0, most=200, description=_l("Only clerks see this."))

    def fill(self, row: OrganizationFacts) -> None:
        """Start from what is."""
        self.name.data, self.kind.data, self.contact.data = row.name, row.kind.value, row.contact

    def command(self) -> NameOrganization:
        """The answers as a command."""
        kind = OrganizationKind(self.kind.data)
        return NameOrganization(name=self.name.data or "", kind=kind, contact=self.contact.data or None)

"""What a clerk writes down of an assembly."""

from flask_babel import lazy_gettext as _

from app.core.forms import Form, LineField, PlainTextField
from app.cycles.forms import DayField
from app.cycles.priorities.queries import Statement
from app.cycles.priorities.rules import names_in
from app.cycles.priorities.services import StatePriorities


class PrioritiesForm(Form):
    """The statement with its assembly, and one priority in each line."""

    assembly = LineField(
        _("Which assembly agreed it?"), least=3, most=160, description=_("For example: Spring assembly in the library.")
    )
    agreed_on = DayField(_("On which day?"))
    text = PlainTextField(_("What it agreed, in its own words"), least=20, most=3000)
    names = PlainTextField(
        _("The priorities, one in each line"),
        most=2000,
        description=_("At most ten, each with a short name. Whoever proposes names the one that they serve."),
    )

    def fill(self, statement: Statement | None) -> None:
        """Start from what is."""
        if statement is not None:
            self.assembly.data, self.agreed_on.data = statement.assembly, statement.agreed_on
            self.text.data = statement.text
            self.names.data = "\n".join(each.name for each in statement.priorities)

    def command(self) -> StatePriorities:
        """The answers as a command."""
        return StatePriorities(
            text=self.text.data or "",
            assembly=self.assembly.data or "",
            agreed_on=self.agreed_on.data,
            names=names_in(self.names.data or ""),
        )

"""The form that amends minutes."""

from flask_babel import lazy_gettext as _
from wtforms import IntegerField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from app.core.forms import Form, LineField, PlainTextField
from app.taskforces.meetings.minutes.services import AmendMinutes


class AmendForm(Form):
    """Another text, and what was changed."""

    read_up_to = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    body = PlainTextField(
        _("The minutes"),
        least=20,
        most=60_000,
        description=_("An empty line begins a new part. The first line of a part is its heading."),
    )
    change = LineField(
        _("What have you changed, and why?"), least=5, most=400, description=_("Everybody reads it beside the changes.")
    )

    def command(self) -> AmendMinutes:
        """The answers as a command."""
        return AmendMinutes(
            body=self.body.data or "", change=self.change.data or "", read_up_to=self.read_up_to.data or 0
        )

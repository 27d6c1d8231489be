"""The form of seats: the end of a term."""

from flask_babel import lazy_gettext as _
from wtforms import DateField
from wtforms.validators import InputRequired

from app.core.forms import Form
from app.taskforces.seats.services import EndSeat


class EndForm(Form):
    """The last day of a term."""

    ends_on = DateField(_("Last day"), validators=[InputRequired(_("This is needed. Please fill it in."))])

    def command(self) -> EndSeat:
        """The answer as a command."""
        assert self.ends_on.data is not None
        return EndSeat(ends_on=self.ends_on.data)

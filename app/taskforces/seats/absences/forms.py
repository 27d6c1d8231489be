"""The form with which somebody says that they will be away."""

from flask_babel import lazy_gettext as _
from wtforms import DateField
from wtforms.validators import InputRequired

from app.core.forms import Form
from app.taskforces.seats.absences.services import TellAbsence

NEEDED = _("This is needed. Please fill it in.")


class AbsenceForm(Form):
    """The days away."""

    starts_on = DateField(_("First day away"), validators=[InputRequired(NEEDED)])
    ends_on = DateField(_("Last day away"), validators=[InputRequired(NEEDED)])

    def command(self) -> TellAbsence:
        """The answers as a command."""
        assert self.starts_on.data is not None and self.ends_on.data is not None
        return TellAbsence(starts_on=self.starts_on.data, ends_on=self.ends_on.data)

"""The forms with which a pause or a cancellation is put before both sides."""

from flask_babel import lazy_gettext as _
from wtforms import DateField
from wtforms.validators import InputRequired

from app.core.forms import Form, PlainTextField
from app.taskforces.projects.pausing.services import AskPause
from app.taskforces.projects.rules import LEAST_WORDS


class CancelForm(Form):
    """Why a project is to be given up."""

    reason = PlainTextField(
        _("Why?"), least=LEAST_WORDS, most=2000, description=_("Everybody can read this, for good.")
    )


class PauseForm(Form):
    """Why a project is to rest, and until when."""

    reason = PlainTextField(_("Why?"), least=LEAST_WORDS, most=2000, description=_("Everybody can read this."))
    restart_on = DateField(_("Expected to go on"), validators=[InputRequired(_("This is needed. Please fill it in."))])

    def command(self) -> AskPause:
        """The answers as a command."""
        assert self.restart_on.data is not None
        return AskPause(reason=self.reason.data or "", restart_on=self.restart_on.data)

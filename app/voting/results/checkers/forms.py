"""What a clerk is asked to accredit a checker."""

from flask_babel import lazy_gettext as _
from wtforms import DateField
from wtforms.validators import InputRequired

from app.core.forms import Form, LineField
from app.voting.results.checkers.services import AccreditChecker

NEEDED = _("This is needed. Please fill it in.")


class AccreditForm(Form):
    """Who, from which day until which."""

    email = LineField(
        _("E-mail address of the person"), most=255, description=_("They need an account here. Only clerks see this.")
    )
    starts_on = DateField(_("First day"), validators=[InputRequired(NEEDED)])
    ends_on = DateField(
        _("Last day"),
        validators=[InputRequired(NEEDED)],
        description=_("After this day they are given no more files. What they have they keep."),
    )

    def command(self) -> AccreditChecker:
        """The answers as a command."""
        assert self.starts_on.data is not None and self.ends_on.data is not None
        return AccreditChecker(email=self.email.data or "", starts_on=self.starts_on.data, ends_on=self.ends_on.data)

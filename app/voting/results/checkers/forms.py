"""Whom the board is to accredit as a checker."""

from flask_babel import lazy_gettext as _
from wtforms import DateField
from wtforms.validators import InputRequired

from app.core.forms import Form, LineField

NEEDED = _("This is needed. Please fill it in.")


class AccreditForm(Form):
    """Who, from which day until which."""

    email = LineField(
        _("E-mail address of the person"),
        most=255,
        description=_("They need an account here. Only the board and those who watch it see this."),
    )
    starts_on = DateField(_("First day"), validators=[InputRequired(NEEDED)])
    ends_on = DateField(
        _("Last day"),
        validators=[InputRequired(NEEDED)],
        description=_("After this day they are given no more files. What they have they keep."),
    )

    def answers(self) -> dict[str, str]:
        """What the board is asked to agree on."""
        days = {"starts_on": str(self.starts_on.data), "ends_on": str(self.ends_on.data)}
        return {"email": self.email.data or "", **days}

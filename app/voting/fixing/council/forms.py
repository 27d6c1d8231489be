"""What a clerk writes down of the council's decision."""

from flask_babel import lazy_gettext as _
from wtforms import DateField, HiddenField, StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from app.core.forms import Form, LineField
from app.voting.fixing.council.services import RecordConfirmation


class ConfirmationForm(Form):
    """Who confirmed the list, when, and where that can be looked up."""

    seen = HiddenField()
    confirmed_by = LineField(_("Who confirmed it"), most=160, description=_("For example: City council of Riverside."))
    decided_on = DateField(
        _("Day of the decision"), validators=[InputRequired(_("This is needed. Please fill it in."))]
    )
    reference = LineField(
        _("Reference of the decision"), most=160, description=_("For example: Resolution 2026/114, item 7.")
    )
    address = StringField(
        _("Where it can be read"),
        validators=[Optional(), Length(max=300), Regexp(r"https?://\S+$", message=_("It begins with https://."))],
        description=_("A web address of the council, if there is one."),
    )

    def command(self) -> RecordConfirmation:
        """The answers as a command."""
        return RecordConfirmation(
            confirmed_by=self.confirmed_by.data or "",
            decided_on=self.decided_on.data,
            reference=self.reference.data or "",
            seen=self.seen.data or "",
            address=self.address.data,
        )

"""The forms of seats: fill one, end one."""

from flask_babel import lazy_gettext as _
from wtforms import DateField, RadioField
from wtforms.validators import InputRequired

from app.core.forms import Form, LineField
from app.taskforces.seats import words
from app.taskforces.seats.rules import SeatKind, Side
from app.taskforces.seats.services import EndSeat, FillSeat

NEEDED = _("This is needed. Please fill it in.")


class FillForm(Form):
    """Who takes which seat."""

    kind = RadioField(_("Seat"), choices=[(k.value, words.KINDS[k]) for k in SeatKind], default=SeatKind.CO_CHAIR.value)
    side = RadioField(
        _("Side"), choices=[(s.value, words.SIDES[s]) for s in Side], validators=[InputRequired(_("Choose a side."))]
    )
    email = LineField(
        _("E-mail address of the person"), most=255, description=_("They need an account here. Only clerks see this.")
    )
    nominated_by = LineField(
        _("Nominated by"), most=160, description=_("The body that named them, for example: Mill Lane Residents.")
    )
    starts_on = DateField(_("First day"), validators=[InputRequired(NEEDED)])

    def command(self) -> FillSeat:
        """The answers as a command."""
        assert self.starts_on.data is not None
        return FillSeat(
            kind=SeatKind(self.kind.data),
            side=Side(self.side.data),
            email=self.email.data or "",
            nominated_by=self.nominated_by.data or "",
            starts_on=self.starts_on.data,
        )


class EndForm(Form):
    """The last day of a term."""

    ends_on = DateField(_("Last day"), validators=[InputRequired(NEEDED)])

    def command(self) -> EndSeat:
        """The answer as a command."""
        assert self.ends_on.data is not None
        return EndSeat(ends_on=self.ends_on.data)

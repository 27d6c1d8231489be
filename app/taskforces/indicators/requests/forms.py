"""The forms of a file of reports: which period to count in it, and the clerk's word that the figures are taken."""

from collections.abc import Iterable
from datetime import date

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import InputRequired, Length

from app.core.forms import Form, PlainTextField, offered
from app.taskforces.indicators import words
from app.taskforces.indicators.requests.rules import MOST_BYTES
from app.taskforces.indicators.requests.services import Look
from app.taskforces.indicators.rules import Frequency, Period, ended

MANY = 8
"""How many periods back a file may be about."""


class FileForm(Form):
    """One file, and the period to count in it."""

    period = SelectField(_("Which period?"), validators=[InputRequired(_("Choose one."))])
    file = FileField(
        _("The file of reports (CSV in UTF-8, or Open311 GeoReport v2 in JSON)"),
        validators=[FileRequired(_("Choose a file first."))],
        description=_(
            "It names requested_datetime, updated_datetime, expected_datetime, status and service_code of each report. "
            "A closed report counts as closed when it was last updated; times without an offset are local."
        ),
    )
    is_provisional = BooleanField(_("Provisional: these figures may still change"))

    def offer(self, lengths: Iterable[Frequency], today: date) -> None:
        """The periods that are over, of every length that an indicator takes from files."""
        periods = [each for length in lengths for each in ended(length, today, MANY)]
        pairs = [(f"{each.first_on}/{each.last_on}", words.period(each)) for each in periods]
        self.period.choices = offered([("", _("Choose one.")), *pairs])

    def command(self) -> Look:
        """The file as it came; one byte more than allowed is enough to refuse it."""
        first_on, last_on = (date.fromisoformat(day) for day in self.period.data.split("/"))
        return Look(
            period=Period(first_on=first_on, last_on=last_on),
            content=self.file.data.read(MOST_BYTES + 1),
            is_provisional=bool(self.is_provisional.data),
        )


class TakeForm(Form):
    """The figures that were looked at, taken."""

    found = HiddenField(validators=[Length(max=50_000)])
    note = PlainTextField(
        _("Why is it corrected?"),
        least=0,
        most=500,
        description=_("Needed where a value stands already for this period. Everybody can read this."),
    )

"""What clerks fill in about the roll."""

from collections.abc import Iterable
from datetime import date

from flask_babel import lazy_gettext as _
from wtforms import DateField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.core.clock import today
from app.core.forms import Form, LineField, PlainTextField
from app.places.queries import AreaFacts
from app.voting.roll.services import AddLine
from app.voting.roll.words import SHOWN


class FindForm(Form):
    """Which lines to show."""

    q = LineField(_("Name, address or reference"), most=120, least=0)
    show = SelectField(_("Show"), choices=[SelectChoice(key, label) for key, label in SHOWN.items()], default="all")


class AddLineForm(Form):
    """Somebody at the desk."""

    name = LineField(_("Name"), most=120, least=2)
    address = LineField(_("Street and house number"), most=300, least=3)
    born_on = DateField(_("Date of birth"), validators=[Optional(strip_whitespace=True)])
    area = SelectField(_("Area"), choices=[])
    reference = LineField(_("Reference"), most=60, least=0)

    def offer(self, areas: Iterable[AreaFacts]) -> "AddLineForm":
        """Let the clerk choose among `areas`."""
        self.area.choices = [SelectChoice("", "–"), *(SelectChoice(str(area.id), area.name) for area in areas)]
        return self

    def validate_born_on(self, field: DateField) -> None:
        """A day on which somebody living can have been born."""
        if field.data is not None and not date(1900, 1, 1) <= field.data <= today():
            raise ValidationError(_("Enter a birth date, for example 1984-05-31."))

    def command(self) -> AddLine:
        """The answers as a command."""
        return AddLine(
            name=self.name.data or "",
            address=self.address.data or "",
            born_on=self.born_on.data,
            area_id=int(self.area.data) if self.area.data else None,
            reference=self.reference.data or "",
        )


class StrikeForm(Form):
    """Why a line comes off the roll."""

    reason = PlainTextField(_("Reason"), most=500, least=10)

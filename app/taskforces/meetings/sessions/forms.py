"""The form of attendance: one answer for each seat, and a number."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from app.core.forms import Form
from app.taskforces.meetings.rules import Presence
from app.taskforces.meetings.sessions.queries import PlaceRow
from app.taskforces.meetings.sessions.services import TakeAttendance
from app.taskforces.meetings.words import PRESENCES
from app.taskforces.seats.words import KINDS, SIDES

SEAT = "seat_"


class AttendanceForm(Form):
    """How many people without a seat are here; a field for each seat is added by `attendance_form`."""

    public_count = IntegerField(
        _("How many people without a seat are here?"),
        validators=[
            InputRequired(_("This is needed. Please fill it in.")),
            NumberRange(min=0, max=100_000, message=_("Enter a whole number, 0 if nobody.")),
        ],
        description=_("A count, never names."),
    )

    def seats(self) -> list[Any]:
        """The fields of the seats."""
        return [field for name, field in self._fields.items() if name.startswith(SEAT)]

    def command(self) -> TakeAttendance:
        """The answers as a command."""
        said = {int(field.name.removeprefix(SEAT)): Presence(field.data) for field in self.seats()}
        return TakeAttendance(presences=said, public_count=self.public_count.data or 0)


def attendance_form(places: list[PlaceRow], public_count: int | None) -> AttendanceForm:
    """The form for exactly these seats, filled in with what is known."""
    fields = {f"{SEAT}{row.seat.id}": _field(row) for row in places}
    made: type[AttendanceForm] = type("AttendanceOfSeats", (AttendanceForm,), fields)
    return made(public_count=public_count)


def _field(row: PlaceRow) -> RadioField:
    return RadioField(
        row.seat.name,
        description=f"{KINDS[row.seat.kind]}, {SIDES[row.seat.side]}",
        choices=[SelectChoice(presence.value, PRESENCES[presence]) for presence in Presence],
        default=row.presence.value if row.presence else None,
        validators=[InputRequired(_("Please choose one."))],
    )

"""What a clerk writes down as holidays."""

from collections.abc import Iterable
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from app.core.forms import Form, PlainTextField
from app.places.workdays.queries import HolidayRow
from app.places.workdays.services import SetHolidays

MOST = 200
LONGEST = 80


class HolidaysForm(Form):
    """One holiday in each line: its day, then its name."""

    days = PlainTextField(
        _l("Holidays, one in each line"),
        least=0,
        most=10_000,
        description=_l("The day first, then its name, for example: 2026-12-25 Christmas Day."),
    )

    def fill(self, rows: Iterable[HolidayRow]) -> None:
        """Start from what is."""
        self.days.data = "\n".join(f"{row.on.isoformat()} {row.name}" for row in rows)

    def validate_days(self, field: PlainTextField) -> None:
        """Every line is a day and a name."""
        lines = (field.data or "").splitlines()
        if len(lines) > MOST:
            raise ValidationError(_("At most %(n)s holidays.", n=MOST))
        for number, line in enumerate(lines, start=1):
            if line.strip() and _read(line) is None:
                raise ValidationError(_("Line %(n)s is not a day like 2026-12-25 and a short name.", n=number))

    def command(self) -> SetHolidays:
        """The answers as a command."""
        found = [_read(line) for line in (self.days.data or "").splitlines() if line.strip()]
        return SetHolidays(names=dict(each for each in found if each is not None))


def _read(line: str) -> tuple[date, str] | None:
    day, _space, name = line.strip().partition(" ")
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return None
    return (on, name.strip()) if 0 < len(name.strip()) <= LONGEST else None

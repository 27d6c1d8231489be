"""The form of a foreword."""

from flask_babel import lazy_gettext as _

from app.core.forms import Form, PlainTextField
from app.reports.annual.forewords.rules import LEAST_CHARACTERS, MOST_CHARACTERS
from app.reports.annual.forewords.services import WriteForeword


class ForewordForm(Form):
    """The words."""

    text = PlainTextField(
        _("What do the co-chairs want to say about the year?"),
        least=LEAST_CHARACTERS,
        most=MOST_CHARACTERS,
        description=_("At most 200 words: what the year was for the neighborhood, what went well, what did not."),
    )

    def command(self, year: int) -> WriteForeword:
        """The words for a year."""
        return WriteForeword(year=year, text=self.text.data or "")

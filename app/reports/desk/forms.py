"""Which reports are published together."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms import ValidationError
from wtforms.fields.choices import SelectChoice

from app.core.errors import NotFound
from app.core.forms import Form
from app.places.forms import TicksField
from app.reports.rules import Line, line_of


class BatchForm(Form):
    """Ticks for what is owed and nothing keeps back.

    What somebody else has published since the page was shown is no mistake of whoever ticked it: it is refused by name.
    """

    lines = TicksField(_("Reports that nothing keeps back"), validate_choice=False)

    def offer(self, lines: Iterable[tuple[Line, str]]) -> "BatchForm":
        """Let the clerk tick these, called by these names."""
        self.lines.choices = [SelectChoice(line.key, name) for line, name in lines]
        return self

    def validate_lines(self, field: TicksField) -> None:
        """At least one, and each a report there is."""
        if not field.data:
            raise ValidationError(_("Tick at least one report."))
        try:
            self.ticked()
        except NotFound as reason:
            raise ValidationError(_("Tick only reports of this list.")) from reason

    def ticked(self) -> list[Line]:
        """The lines that were ticked."""
        return [line_of(key) for key in self.lines.data or []]

"""Which reports are published together."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms import ValidationError
from wtforms.fields.choices import SelectChoice

from app.core.forms import Form
from app.places.forms import TicksField
from app.reports.desk.rules import line_of
from app.reports.rules import Line


class BatchForm(Form):
    """Ticks for what is owed and nothing keeps back."""

    lines = TicksField(_("Reports that nothing keeps back"))

    def offer(self, lines: Iterable[tuple[Line, str]]) -> "BatchForm":
        """Let the clerk tick these, called by these names."""
        self.lines.choices = [SelectChoice(line.key, name) for line, name in lines]
        return self

    def validate_lines(self, field: TicksField) -> None:
        """At least one."""
        if not field.data:
            raise ValidationError(_("Tick at least one report."))

    def ticked(self) -> list[Line]:
        """The lines that were ticked."""
        return [line_of(key) for key in self.lines.data or []]

"""The form with which a plan comes as a table."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField

from app.core.forms import Form, PlainTextField


class TableForm(Form):
    """A table as text or as a file."""

    file = FileField(_("CSV file"), render_kw={"accept": ".csv,text/csv"})
    text = PlainTextField(
        _("Or the table itself"),
        least=0,
        most=300_000,
        description=_("One line for each milestone. What you mend here is checked again."),
    )

    def table(self) -> str:
        """The table that was sent: the file if there is one, else the text."""
        sent = self.file.data.stream.read() if self.file.data else b""
        return sent.decode("utf-8", errors="replace") if sent else self.text.data or ""

"""A list to bring in."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired

from app.core.forms import Form
from app.voting.roll.imports.rules import MOST_BYTES
from app.voting.roll.imports.services import ImportList


class ImportForm(Form):
    """One file."""

    file = FileField(_("The list (CSV, UTF-8)"), validators=[FileRequired(_("Choose a file first."))])

    def command(self) -> ImportList:
        """The file as it came; one byte more than allowed is enough to refuse it."""
        return ImportList(file_name=self.file.data.filename or "", content=self.file.data.read(MOST_BYTES + 1))

"""A file that somebody holds; only its hash is worked out."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired

from app.core import files
from app.core.forms import Form


class FileForm(Form):
    """The PDF to be checked."""

    file = FileField(
        _("The PDF"),
        validators=[FileRequired(_("Choose the file first."))],
        render_kw={"accept": ".pdf,application/pdf"},
    )

    def digest(self) -> str:
        """The code of the file, by which it is looked for; the file itself is kept nowhere."""
        return files.digest_of(self.file.data.stream)

"""The form of a paper."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired

from app.core.forms import Form, LineField
from app.taskforces.meetings.papers.services import AddPaper


class PaperForm(Form):
    """A PDF and what it is called."""

    title = LineField(
        _("What is it?"),
        least=3,
        most=160,
        description=_("This is what people press to get it, for example: Two offers."),
    )
    file = FileField(
        _("The PDF"),
        validators=[FileRequired(_("Choose a PDF first."))],
        description=_("At most 8 MB and 100 pages, without a password."),
        render_kw={"accept": "application/pdf"},
    )

    def command(self) -> AddPaper:
        """The answers as a command."""
        return AddPaper(title=self.title.data or "", file=self.file.data.stream)

"""The fields with which a document is sent along."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField

from app.core.forms import Form, LineField
from app.taskforces.spending.documents.services import Made, Paper, made


class PaperForm(Form):
    """A form that sends a PDF along: the contract, the invoice, the letter."""

    file = FileField(
        _("The document (PDF)"),
        validators=[FileRequired(_("Choose a PDF first."))],
        description=_("The contract, the invoice or the letter. At most 8 MB."),
        render_kw={"accept": "application/pdf"},
    )
    document = LineField(_("What is this document?"), most=160, description=_("For example: Contract with Lux Ltd."))
    is_public = BooleanField(_("Everybody may open it: it names no private person"))

    def paper(self) -> Made:
        """The document written anew; refused at its field where it is no PDF we can show."""
        title = self.document.data or ""
        return made(Paper(file=self.file.data.stream, title=title, is_public=bool(self.is_public.data)))

"""What is filled in to hang a picture or a PDF on a proposal."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired

from app.core.forms import Form, LineField
from app.proposals.attachments.rules import LEAST_WORDS, MOST_WORDS, Kind
from app.proposals.attachments.services import AddAttachment


def _words(label: Any, hint: Any) -> LineField:
    return LineField(label, least=LEAST_WORDS, most=MOST_WORDS, description=hint)


class PictureWordsForm(Form):
    """What a picture shows."""

    words = _words(
        _("What does it show?"),
        _("One sentence for people who cannot see it, for example: Mill Lane at night, without any lamp."),
    )


class PdfWordsForm(Form):
    """What a PDF is."""

    words = _words(_("What is it?"), _("This is what people press to get it, for example: Plan of the six lamps."))


class AttachmentForm(Form):
    """One file and its words."""

    kind: Kind
    file: FileField
    words: LineField

    def command(self) -> AddAttachment:
        """The answers as a command."""
        return AddAttachment(kind=self.kind, file=self.file.data.stream, words=self.words.data or "")


class PictureForm(AttachmentForm, PictureWordsForm):
    """One picture and what it shows."""

    kind = Kind.PICTURE
    file = FileField(
        _("The picture"),
        validators=[FileRequired(_("Choose a picture first."))],
        description=_("JPEG, PNG or WebP, at most 12 MB. Where and when it was taken is removed from it."),
        render_kw={"accept": "image/jpeg,image/png,image/webp"},
    )


class PdfForm(AttachmentForm, PdfWordsForm):
    """One PDF and what it is."""

    kind = Kind.PDF
    file = FileField(
        _("The PDF"),
        validators=[FileRequired(_("Choose a PDF first."))],
        description=_("At most 8 MB and 100 pages, without a password."),
        render_kw={"accept": "application/pdf"},
    )

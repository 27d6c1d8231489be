"""A text in another language, and who is named to translate."""

from flask_babel import lazy_gettext as _
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from app.core.forms import Form
from app.reports.languages.rules import Text
from app.translating.forms import WordingForm
from app.translating.rules import Rendering
from app.translating.services import Translate


class ReportWordingForm(WordingForm):
    """What stands for a text of a report."""

    def command(self, text: Text, language: str) -> Translate:
        """The answers as a command."""
        return Translate(
            text=text.words,
            source=text.language,
            language=language,
            wording=self.wording.data or "",
            rendering=Rendering(self.rendering.data),
            number=self.number.data or 0,
        )


class TranslatorForm(Form):
    """Whom a clerk lets translate."""

    email = StringField(
        _("E-mail address of their account"),
        validators=[InputRequired(_("This is needed. Please fill it in.")), Length(max=255)],
    )

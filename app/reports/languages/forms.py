"""A text in another language, and who is named to translate."""

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, RadioField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from app.core.forms import Form, PlainTextField, offered
from app.reports.languages.rules import Text
from app.translating.rules import MOST, Rendering
from app.translating.services import Translate
from app.translating.words import RENDERINGS


class WordingForm(Form):
    """What stands for a text."""

    rendering = RadioField(_("What it is"), choices=offered(RENDERINGS.items()), default=Rendering.WHOLE.value)
    wording = PlainTextField(_("In this language"), least=0, most=MOST)
    number = IntegerField(default=0, widget=HiddenInput())

    def validate(self, extra_validators: object = None) -> bool:
        """Words are needed unless the text is the same in both languages."""
        is_valid: bool = super().validate(extra_validators)
        if self.rendering.data != Rendering.SAME and not (self.wording.data or "").strip():
            self.wording.errors = [str(_("This is needed. Please fill it in."))]
            return False
        return is_valid

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

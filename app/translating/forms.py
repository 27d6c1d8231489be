"""What stands for a text in another language, as whoever translates it fills it in."""

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, RadioField
from wtforms.widgets import HiddenInput

from app.core.forms import Form, PlainTextField, offered
from app.translating.rules import MOST, Rendering
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

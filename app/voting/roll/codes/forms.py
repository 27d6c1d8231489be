"""Which cards to make, and a code typed in."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice

from app.core.forms import Form, LineField
from app.core.languages import LANGUAGES
from app.voting.roll.codes.rules import Purpose
from app.voting.roll.codes.services import OrderCodes
from app.voting.roll.codes.words import PURPOSES


class OrderForm(Form):
    """Which cards."""

    purpose = RadioField(_("What for"), choices=[SelectChoice(key.value, name) for key, name in PURPOSES.items()])
    first = SelectField(_("Language"), choices=[SelectChoice(key, name) for key, name in LANGUAGES.items()])
    second = SelectField(
        _("Second language"),
        choices=[SelectChoice("", "–"), *(SelectChoice(key, name) for key, name in LANGUAGES.items())],
    )
    is_large = BooleanField(_("Large print: four cards on a page instead of ten"))

    def command(self) -> OrderCodes:
        """The answers as a command."""
        chosen = [key for key in (self.first.data, self.second.data) if key]
        return OrderCodes(
            purpose=Purpose(self.purpose.data),
            languages=tuple(dict.fromkeys(chosen)),
            is_large=bool(self.is_large.data),
        )


class CodeForm(Form):
    """A code from a card or a letter."""

    code = LineField(_("Code"), most=40)


class ButtonForm(Form):
    """Nothing to fill in: a button and its token."""

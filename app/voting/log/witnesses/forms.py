"""Who is to watch the log of a vote."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import StringField, ValidationError
from wtforms.validators import InputRequired

from app.core.forms import Form, LineField
from app.voting.log.rules import MOST_WITNESS_NAME, key_bytes


def _is_key(form: Any, field: Any) -> None:
    if key_bytes(field.data or "") is None:
        raise ValidationError(_("A witness’s public key has 64 characters: digits 0–9 and letters a–f."))


class WitnessForm(Form):
    """Somebody who will watch this vote's log."""

    name = LineField(
        _("Name of the witness"), most=MOST_WITNESS_NAME, description=_("Everybody reads it, like “Public library”.")
    )
    public_key = StringField(
        _("Their public key"),
        validators=[InputRequired(_("This is needed. Please fill it in.")), _is_key],
        description=_("The witness program prints it: 64 characters."),
    )

    def answers(self) -> dict[str, str]:
        """What the board is asked to agree on."""
        return {"name": self.name.data or "", "public_key": self.public_key.data or ""}

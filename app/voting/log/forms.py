"""What is typed into the log's pages: a receipt's code, and a witness with their key."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import StringField, ValidationError
from wtforms.validators import InputRequired

from app.core.forms import Form, LineField
from app.voting.log.services import EnterWitness
from app.voting.tree.receipts import leaf_start


def _is_code(form: Any, field: Any) -> None:
    if leaf_start(field.data or "") is None:
        raise ValidationError(_("A receipt code has 16 letters and digits, like 7M3K-9Q2T-XB4D-0HFW."))


def _is_key(form: Any, field: Any) -> None:
    if _key_bytes(field.data) is None:
        raise ValidationError(_("A witness’s public key has 64 characters: digits 0–9 and letters a–f."))


def _key_bytes(typed: str | None) -> bytes | None:
    try:
        key = bytes.fromhex("".join((typed or "").split()))
    except ValueError:
        return None
    return key if len(key) == 32 else None


class CodeForm(Form):
    """The code on a receipt."""

    code = StringField(
        _("Receipt code"),
        validators=[InputRequired(_("Type the code on your receipt.")), _is_code],
        description=_("16 letters and digits. Hyphens and small letters do not matter."),
    )

    def __init__(self, asked: Any) -> None:
        super().__init__(asked, meta={"csrf": False})
        del self.once  # nothing is changed, so it may be asked as often as anybody likes


class WitnessForm(Form):
    """Somebody who will watch this vote's log."""

    name = LineField(_("Name of the witness"), most=60, description=_("Everybody reads it, like “Public library”."))
    public_key = StringField(
        _("Their public key"),
        validators=[InputRequired(_("This is needed. Please fill it in.")), _is_key],
        description=_("The witness program prints it: 64 characters."),
    )

    def command(self) -> EnterWitness:
        """The witness to enter."""
        return EnterWitness(name=self.name.data or "", public_key=_key_bytes(self.public_key.data) or b"")

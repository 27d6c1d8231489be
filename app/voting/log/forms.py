"""What is typed into the log's pages: a receipt's code."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import StringField, ValidationError
from wtforms.validators import InputRequired

from app.core.forms import Form
from app.voting.tree.receipts import leaf_start


def _is_code(form: Any, field: Any) -> None:
    if leaf_start(field.data or "") is None:
        raise ValidationError(_("A receipt code has 16 letters and digits, like 7M3K-9Q2T-XB4D-0HFW."))


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

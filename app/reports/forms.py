"""Answers needed to publish or to find a report."""

import re
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Regexp

from app.core.forms import Form


class PublishForm(Form):
    """In which language."""

    language = SelectField(_("Language"))

    def offer(self, languages: dict[str, str]) -> "PublishForm":
        """Let the clerk choose among `languages` (code → name)."""
        self.language.choices = [SelectChoice(code, name) for code, name in languages.items()]
        return self


def _bare(text: str | None) -> str:
    """What was typed, without spaces and without the word that stands before the code on paper."""
    return re.sub(r"^(data|datos)", "", "".join((text or "").lower().split()))


class HashForm(Form):
    """The code printed at the foot of a page."""

    hash = StringField(
        _("Code from the page’s foot"),
        filters=[_bare],
        validators=[
            Regexp(r"[0-9a-f]{12,64}$", message=_("Enter at least 12 characters: digits 0–9 and letters a–f."))
        ],
    )

    def __init__(self, asked: Any) -> None:
        super().__init__(asked, meta={"csrf": False})
        del self.once

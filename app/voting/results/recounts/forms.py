"""What a member of the board is asked before a recount: which projects are left out, and why."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import Form, PlainTextField
from app.voting.queries import OptionFacts


def _is_needed(form: Any, field: Any) -> None:
    if not field.data:
        raise ValidationError(_("Choose the project that is withdrawn."))


class RecountForm(Form):
    """The projects that are withdrawn, by their numbers, and the reason everybody reads."""

    options = SelectMultipleField(
        _("Withdrawn after the vote"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[_is_needed],
        description=_("They are taken off every ballot, and lower choices move up."),
    )
    reason = PlainTextField(
        _("Why"), most=500, description=_("Everybody will read this, beside the result and the count before it.")
    )

    def offer(self, options: Iterable[OptionFacts]) -> "RecountForm":
        """Let the board choose among these."""
        self.options.choices = [SelectChoice(option.number, f"{option.number} · {option.title}") for option in options]
        return self

    def answers(self) -> dict[str, Any]:
        """What the board is asked for."""
        return {"options": list(self.options.data or ()), "reason": self.reason.data or ""}

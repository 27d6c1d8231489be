"""What somebody writes who objects, and what the board answers."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.core.forms import Form, PlainTextField
from app.voting.objections.rules import Ending

ENDINGS = {Ending.UPHELD: _("It is right: the board acts on it"), Ending.DISMISSED: _("The result stands")}


class ObjectionForm(Form):
    """What is wrong with the result."""

    text = PlainTextField(
        _("What is wrong, and how you know"),
        most=3000,
        least=20,
        description=_("Everybody will read this, without your name. Do not name neighbors."),
    )


class AnswerForm(Form):
    """How the board settles an objection."""

    ending = RadioField(
        _("Decision"),
        choices=[SelectChoice(*each) for each in ENDINGS.items()],
        validators=[InputRequired(_("Choose one of the two."))],
    )
    answer = PlainTextField(_("Answer"), most=3000, description=_("Everybody will read this beside the objection."))

    def answers(self, number: int) -> dict[str, Any]:
        """What the board is asked to agree on."""
        return {"number": number, "ending": self.ending.data, "answer": self.answer.data or ""}

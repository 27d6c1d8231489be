"""What a resident says against a price, and what an officer answers."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from app.core.forms import Form, PlainTextField
from app.proposals.prices import words
from app.proposals.prices.rules import LEAST_REASON, MOST_REASON, Outcome
from app.proposals.prices.services import AnswerObjection


class ObjectForm(Form):
    """Why a price is wrong."""

    reason = PlainTextField(
        _("What is wrong with this price, and how do you know?"),
        least=LEAST_REASON,
        most=MOST_REASON,
        description=_("Everybody will read this beside the price, without your name. Do not name neighbors."),
    )


class AnswerForm(Form):
    """What an officer answers."""

    outcome = RadioField(
        _("What do you decide?"),
        choices=[SelectChoice(outcome.value, words.OUTCOMES[outcome]) for outcome in Outcome],
        validators=[InputRequired(_("Please choose one."))],
    )
    answer = PlainTextField(
        _("Explain it in plain words"),
        least=LEAST_REASON,
        most=MOST_REASON,
        description=_("Residents read this under your name. Say what you looked at."),
    )

    def command(self) -> AnswerObjection:
        """The answers as a command."""
        return AnswerObjection(outcome=Outcome(self.outcome.data), answer=self.answer.data or "")

"""What an author asks, and what another officer answers."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from app.core.forms import Form, PlainTextField
from app.proposals.second_looks import words
from app.proposals.second_looks.rules import LEAST_WORDS, MOST_WORDS, Outcome
from app.proposals.second_looks.services import AnswerSecondLook


class AskForm(Form):
    """Why the finding should be looked at again."""

    asked = PlainTextField(
        _("What did the officer overlook, or what is not right?"),
        least=LEAST_WORDS,
        most=MOST_WORDS,
        description=_("Everybody will read this beside your proposal. Do not name neighbors."),
    )


class AnswerForm(Form):
    """What another officer found."""

    outcome = RadioField(
        _("What do you decide?"),
        choices=[SelectChoice(outcome.value, words.OUTCOMES[outcome]) for outcome in Outcome],
        validators=[InputRequired(_("Please choose one."))],
    )
    answer = PlainTextField(
        _("Explain it in plain words"),
        least=LEAST_WORDS,
        most=MOST_WORDS,
        description=_("Residents read this under your name. Say what you looked at."),
    )

    def command(self) -> AnswerSecondLook:
        """The answers as a command."""
        return AnswerSecondLook(outcome=Outcome(self.outcome.data), answer=self.answer.data or "")

"""What is filled in to answer and to rate an answer."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from app.core.forms import Form, PlainTextField
from app.taskforces.questions import words
from app.taskforces.questions.answering.services import RateAnswer, WriteAnswer
from app.taskforces.questions.rules import LEAST_ANSWER, MOST_FULL, MOST_PLAIN, MOST_REASON, Verdict


class AnswerForm(Form):
    """An answer, short and plain; and the whole of it where that is more."""

    plain = PlainTextField(
        _("The answer in plain words"),
        least=LEAST_ANSWER,
        most=MOST_PLAIN,
        description=_("Short sentences. Begin with the answer, then say why, then what happens next."),
    )
    full = PlainTextField(
        _("The full answer"),
        least=0,
        most=MOST_FULL,
        description=_("Only if something is left out above: figures, rules, dates. It stands beside the plain answer."),
    )

    def command(self) -> WriteAnswer:
        """The answers as a command."""
        return WriteAnswer(plain=self.plain.data or "", full=self.full.data or "")


class RateForm(Form):
    """Whether the answer answers it."""

    verdict = RadioField(
        _("Does that answer your question?"),
        choices=[SelectChoice(each.value, words.VERDICTS[each]) for each in Verdict],
        validators=[InputRequired(_("Please choose one."))],
    )
    missing = PlainTextField(
        _("If not: what is missing?"),
        least=0,
        most=MOST_REASON,
        description=_("Only those who answer read this. It is never public."),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field for itself; and a no says what is missing, so that the next answer can be better."""
        good = bool(super().validate(extra_validators))
        if self.verdict.data == Verdict.NOT and not self.missing.data and not self.missing.errors:
            self.missing.errors = [gettext("Please say what is missing, so that the other co-chair can answer it.")]
            return False
        return good

    def command(self) -> RateAnswer:
        """The answers as a command."""
        return RateAnswer(verdict=Verdict(self.verdict.data), missing=self.missing.data or "")

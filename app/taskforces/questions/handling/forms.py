"""What is filled in to accept, decline, merge or give away a question, and to take words out of it."""

from collections.abc import Iterable

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import IntegerField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from app.core.forms import Form, PlainTextField
from app.taskforces.questions import words
from app.taskforces.questions.handling.queries import Possible
from app.taskforces.questions.handling.services import Decline, Redact
from app.taskforces.questions.rules import LEAST_REASON, MOST_REASON, MOST_TEXT, DeclineReason, Removed
from app.taskforces.seats.words import KINDS

NOBODY = "0"


class OwnerForm(Form):
    """Who answers. Call `offer` first."""

    owner_id = SelectField(_("Who answers it?"))

    def offer(self, people: Iterable[Possible], *, first: int, may_wait: bool) -> None:
        """Those who can; `first` is chosen unless somebody else is, and nobody where that may be said later."""
        later = [SelectChoice(NOBODY, gettext("Say it later"))] if may_wait else []
        people = list(people)
        self.owner_id.choices = [*(SelectChoice(str(each.id), _name(each)) for each in people), *later]
        if not self.is_submitted() and first in {each.id for each in people}:
            self.owner_id.data = str(first)

    def chosen(self) -> int | None:
        """The id of whoever answers; None where that is said later."""
        return None if self.owner_id.data == NOBODY else int(self.owner_id.data)


class DeclineForm(Form):
    """Why it is not answered here."""

    reason = RadioField(
        _("Why is it not answered here?"),
        choices=[SelectChoice(each.value, words.DECLINED[each]) for each in DeclineReason],
        validators=[InputRequired(_("Please choose one."))],
    )
    declined_words = PlainTextField(
        _("Explain it in plain words, and say where else they can ask"),
        least=LEAST_REASON,
        most=MOST_REASON,
        description=_("Everybody reads this. The question stays in the list with your reason."),
    )

    def command(self) -> Decline:
        """The answers as a command."""
        return Decline(reason=DeclineReason(self.reason.data), words=self.declined_words.data or "")


class NumberField(IntegerField):
    """The number of a question, with or without its `Q-`."""

    widget = StringField.widget

    def process_formdata(self, valuelist: list[str]) -> None:
        """`Q-118` or `118`."""
        bare = [value.strip().upper().removeprefix("Q-") for value in valuelist]
        try:
            super().process_formdata(bare)
        except ValueError as wrong:
            self.raw_data = valuelist
            raise ValueError(gettext("Enter the number of a question, like Q-118.")) from wrong


class MergeForm(Form):
    """With which question it is answered."""

    into = NumberField(
        _("Number of the question that asks the same"),
        validators=[InputRequired(_("This is needed. Please fill it in.")), NumberRange(min=1, max=10**9)],
        description=_("For example Q-118. Both keep their number, and both who asked get the answer."),
    )


class RedactForm(Form):
    """Which words go, and why."""

    passages = PlainTextField(
        _("Words to take out, one passage a line"),
        least=2,
        most=MOST_TEXT,
        description=_("Copy them exactly as they stand there. A mark shows everybody that words were taken out."),
    )
    why = RadioField(
        _("Why?"),
        choices=[
            SelectChoice(Removed.INSULT.value, _("They insult somebody")),
            SelectChoice(Removed.PERSONAL.value, _("They are about a private person; they are not kept at all")),
        ],
        validators=[InputRequired(_("Please choose one."))],
    )

    def command(self) -> Redact:
        """The answers as a command."""
        lines = [line.strip() for line in (self.passages.data or "").splitlines()]
        return Redact(passages=tuple(line for line in lines if line), why=Removed(self.why.data))


def _name(person: Possible) -> str:
    what = str(KINDS[person.seat]) if person.seat else gettext("Office")
    return f"{person.name} ({what})"

"""What an author writes who wants to join another, and what the other answers."""

from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from app.core.forms import Form, LineField, PlainTextField
from app.proposals.merging.services import AskToJoin


class JoinForm(Form):
    """Which proposal to join, and a word to its author."""

    into = LineField(_("The number of the other proposal"), most=20)
    message = PlainTextField(_("A word to its author"), least=10, most=1000)

    def command(self) -> AskToJoin:
        """The answers as a command."""
        return AskToJoin(into_code=self.into.data or "", message=self.message.data or "")


class YesOrNoForm(Form):
    """Yes, or no with a reason; which question it is says the form that is made of it."""

    answer: RadioField
    why: LazyString
    reason = PlainTextField(_("If not, why?"), least=0, most=1000)

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field for itself; and a no has its reason."""
        good = bool(super().validate(extra_validators))
        if self.answer.data == "no" and not self.reason.data and not self.reason.errors:
            self.reason.errors = [str(self.why)]
            return False
        return good


class AnswerForm(YesOrNoForm):
    """Whether an author takes another proposal in."""

    answer = RadioField(
        _("Do you take it in?"),
        choices=[SelectChoice("yes", _("Yes, join it into mine")), SelectChoice("no", _("No"))],
        validators=[InputRequired(_("Please choose one."))],
    )
    why = _("Please say why, so that its author understands.")

"""The forms of oversight: a statement, and the reply to it."""

from flask_babel import lazy_gettext as _
from wtforms.validators import Regexp

from app.core.forms import Form, LineField, PlainTextField
from app.taskforces.oversight.rules import LEAST_WORDS, MOST_WORDS
from app.taskforces.oversight.services import State

WEB = Regexp(r"https?://\S+\Z", message=_("Enter a web address that begins with https://."))


class StateForm(Form):
    """What was found, and what is recommended."""

    title = LineField(_("In one line"), least=5, most=160)
    text = PlainTextField(_("What you found"), least=LEAST_WORDS, most=MOST_WORDS)
    recommendation = PlainTextField(
        _("What you recommend"),
        least=0,
        most=MOST_WORDS,
        description=_("The task force or the clerk has twenty working days to reply, in public."),
    )
    address = LineField(_("Where the whole report can be read"), least=0, most=300)

    def validate_address(self, field: LineField) -> None:
        """A web address, or nothing."""
        if field.data:
            WEB(self, field)

    def command(self) -> State:
        """The answers as a command."""
        return State(
            title=self.title.data or "",
            text=self.text.data or "",
            recommendation=self.recommendation.data or "",
            address=self.address.data or "",
        )


class ReplyForm(Form):
    """What is done about a recommendation, or why nothing is."""

    text = PlainTextField(
        _("Your reply"),
        least=LEAST_WORDS,
        most=MOST_WORDS,
        description=_(
            "What will be done, by whom and by when; or why it will not be done. It cannot be changed later."
        ),
    )

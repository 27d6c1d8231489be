"""The forms of a corrective action: it is done, and what the other side found."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.validators import InputRequired

from app.core.forms import Form, PlainTextField, offered
from app.taskforces.setbacks import words
from app.taskforces.setbacks.actions.rules import Finding
from app.taskforces.setbacks.actions.services import Verify
from app.taskforces.setbacks.rules import LEAST_WORDS


class ClaimForm(Form):
    """It is done."""

    claim = PlainTextField(
        _("How can anybody see that it is done?"),
        least=LEAST_WORDS,
        most=2000,
        description=_("What was done, when, where to look. Everybody reads it."),
    )


class VerifyForm(Form):
    """What the other side found."""

    finding = RadioField(
        _("What did you find?"),
        choices=offered((each.value, words.FINDINGS[each]) for each in Finding),
        validators=[InputRequired(_("Choose one."))],
    )
    found = PlainTextField(
        _("What did you see, and when?"), least=LEAST_WORDS, most=2000, description=_("Everybody reads it.")
    )

    def command(self) -> Verify:
        """The answers as a command."""
        return Verify(finding=Finding(self.finding.data), found=self.found.data or "")

"""The form with which a side signs."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from app.core.forms import Form, PlainTextField
from app.taskforces.signing import words
from app.taskforces.signing.rules import MOST_STATEMENT, Verdict
from app.taskforces.signing.services import Sign


class SignForm(Form):
    """A side's word; the hash of what the page shows travels with it."""

    seen = HiddenField(validators=[Length(min=64, max=64)])
    verdict = RadioField(
        _("Your side's word"),
        choices=[SelectChoice(verdict.value, words.VERDICTS[verdict]) for verdict in Verdict],
        validators=[InputRequired(_("Choose one."))],
    )
    statement = PlainTextField(
        _("Statement"),
        least=0,
        most=MOST_STATEMENT,
        description=_("Needed unless you agree. Everybody will read it."),
    )

    def command(self) -> Sign:
        """The answers as a command."""
        return Sign(verdict=Verdict(self.verdict.data), statement=self.statement.data or "", seen=self.seen.data or "")

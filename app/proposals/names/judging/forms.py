"""What a proposer says about words that are kept back, what an officer decides, and what somebody reads them for."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.core.forms import Form, LineField, PlainTextField
from app.proposals.names.judging.services import JudgeWords, RemoveWords
from app.proposals.names.rules import Ending, Kind
from app.proposals.names.words import KINDS, VERDICTS


class NoteForm(Form):
    """Why the words may stand; may be empty."""

    note = PlainTextField(
        _("Why may they stand?"),
        least=0,
        most=600,
        description=_("Only the office reads this: for example that it is the name of a street, or that they agreed."),
    )


class JudgeForm(Form):
    """One of three verdicts, and the reason."""

    ending = RadioField(
        _("What do you find?"),
        choices=[SelectChoice(*each) for each in VERDICTS.items()],
        validators=[InputRequired(_("Choose one of the three."))],
    )
    reason = PlainTextField(
        _("The reason, for everybody to read"),
        least=0,
        most=600,
        description=_("Needed where you remove the words. Do not repeat them."),
    )

    def command(self) -> JudgeWords:
        """The answers as a command."""
        return JudgeWords(ending=Ending(self.ending.data), reason=self.reason.data or "")


class RemoveForm(Form):
    """Words to remove that no check has found."""

    words = LineField(
        _("The words to remove"),
        least=2,
        most=200,
        description=_("Exactly as they stand, without what is around them."),
    )
    kind = RadioField(
        _("What do they tell?"),
        choices=[SelectChoice(*each) for each in KINDS.items()],
        validators=[InputRequired(_("Choose what fits best."))],
    )
    reason = PlainTextField(
        _("The reason, for everybody to read"),
        most=600,
        description=_("It stands on the page of the proposal, with your name. Do not repeat what is removed."),
    )

    def command(self) -> RemoveWords:
        """The answers as a command."""
        return RemoveWords(words=self.words.data or "", kind=Kind(self.kind.data), reason=self.reason.data or "")


class ReadForm(Form):
    """What somebody reads removed words for."""

    purpose = PlainTextField(
        _("What do you read it for?"),
        most=600,
        description=_("It is kept with your name and the time, and others who watch the office read it."),
    )

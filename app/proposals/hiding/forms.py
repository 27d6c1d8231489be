"""What the office says when it hides something or shows it again, and what somebody looks at it for."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.core.forms import Form, PlainTextField
from app.proposals.discussion.moderation.rules import Concern
from app.proposals.discussion.moderation.words import CONCERNS
from app.proposals.hiding.services import ReportPart


class ReportForm(Form):
    """What is wrong with a proposal or a part of it."""

    concern = RadioField(
        _("What is wrong with it?"),
        choices=[SelectChoice(*each) for each in CONCERNS.items()],
        validators=[InputRequired(_("Choose what fits best."))],
    )
    note = PlainTextField(
        _("Anything else the office should know"),
        most=1000,
        least=0,
        description=_("Only the office reads this. It is not told who you are, and neither is the author."),
    )

    def command(self) -> ReportPart:
        """The answers as a command."""
        return ReportPart(concern=Concern(self.concern.data), note=self.note.data or "")


class HideForm(Form):
    """Why a file or an older text is hidden."""

    reason = PlainTextField(
        _("The reason, for everybody to read"),
        most=600,
        description=_("It stands in its place, with your name. Do not repeat what should be hidden."),
    )


class ShowForm(Form):
    """Why it is shown again."""

    reason = PlainTextField(
        _("Why is it shown again?"), most=600, description=_("Everybody reads it, with your name.")
    )


class LookForm(Form):
    """What somebody looks at hidden things for."""

    purpose = PlainTextField(
        _("What do you look at it for?"), most=600, description=_("It is kept with your name and the time.")
    )

"""What somebody who reports a comment fills in, and what the office answers."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.core.forms import Form, PlainTextField
from app.proposals.discussion.moderation.rules import Concern
from app.proposals.discussion.moderation.services import ReportComment
from app.proposals.discussion.moderation.words import CONCERNS


class ReportForm(Form):
    """What is wrong with a comment."""

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

    def command(self) -> ReportComment:
        """The answers as a command."""
        return ReportComment(concern=Concern(self.concern.data), note=self.note.data or "")


class HideForm(Form):
    """Why a comment is hidden."""

    reason = PlainTextField(
        _("The reason, for everybody to read"),
        most=600,
        description=_("It stands in place of the comment, with your name. Do not repeat what should be hidden."),
    )


class ShowForm(Form):
    """Why a comment is shown again."""

    reason = PlainTextField(
        _("Why is it shown again?"),
        most=600,
        description=_("Everybody reads it on the page of the comment, with your name."),
    )

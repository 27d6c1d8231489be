"""What somebody reports, and what the board answers."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from app.core.forms import Form, LineField, PlainTextField
from app.voting.disputes.rules import DisputeStage

ENDINGS = {
    DisputeStage.VOIDED: _("Void it: the sealed ballot is destroyed unread, and they can vote again"),
    DisputeStage.KEPT: _("The ballot stands"),
}


class ReportForm(Form):
    """What has happened, in the voter's words."""

    text = PlainTextField(
        _("What makes you think so"),
        most=2000,
        least=10,
        description=_("The board of this vote reads it. Do not say how you voted or want to vote."),
    )


class DeskForm(ReportForm):
    """The same for somebody who came to the desk."""

    reference = LineField(
        _("Who they are"),
        most=200,
        description=_("The e-mail address of their account, or the reference that the paper desk shows."),
    )


class DecideForm(Form):
    """How the board answers a report."""

    ending = RadioField(
        _("Decision"),
        choices=[SelectChoice(ending.value, label) for ending, label in ENDINGS.items()],
        validators=[InputRequired(_("Choose one of the two."))],
    )
    answer = PlainTextField(_("Answer to the voter"), most=2000, least=10)

    def answers(self, number: int) -> dict[str, Any]:
        """What the board is asked to agree on."""
        return {"number": number, "ending": self.ending.data, "answer": self.answer.data or ""}

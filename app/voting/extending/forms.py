"""Until when a vote shall go on, and why."""

from flask_babel import lazy_gettext as _
from wtforms import DateField
from wtforms.validators import InputRequired

from app.core.forms import Form, PlainTextField
from app.voting.board.rules import LEAST_REASON, MOST_REASON


class ExtendForm(Form):
    """A later last day, with the public reason."""

    last_day = DateField(
        _("New last day of voting"), validators=[InputRequired(_("Enter a day, for example 2026-03-02."))]
    )
    reason = PlainTextField(
        _("Why the vote goes on longer"),
        most=MOST_REASON,
        least=LEAST_REASON,
        description=_("Everybody will read this beside the new end."),
    )

    def answers(self) -> dict[str, str]:
        """What the board is asked."""
        day = self.last_day.data
        return {"last_day": day.isoformat() if day else "", "reason": self.reason.data or ""}

"""Why a frozen roll is to change."""

from flask_babel import lazy_gettext as _

from app.core.forms import Form, PlainTextField
from app.voting.board.rules import LEAST_REASON, MOST_REASON


class ChangeForm(Form):
    """The public reason."""

    reason = PlainTextField(_("Reason, for everybody to read"), most=MOST_REASON, least=LEAST_REASON)

    def answers(self, key: str) -> dict[str, str]:
        """What the board is asked."""
        return {"line": key, "reason": self.reason.data or ""}

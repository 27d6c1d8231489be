"""Why a frozen roll is to change."""

from flask_babel import lazy_gettext as _

from app.core.forms import Form, PlainTextField


class ChangeForm(Form):
    """The public reason."""

    reason = PlainTextField(_("Reason, for everybody to read"), most=500, least=10)

    def answers(self, key: str) -> dict[str, str]:
        """What the board is asked."""
        return {"line": key, "reason": self.reason.data or ""}

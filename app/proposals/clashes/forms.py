"""What an officer says about two proposals that cannot both be done."""

from flask_babel import lazy_gettext as _

from app.core.forms import Form, LineField, PlainTextField
from app.proposals.clashes.services import FlagClash


class FlagForm(Form):
    """Which other proposal, and why."""

    other = LineField(_("The number of the other proposal"), most=20)
    reason = PlainTextField(_("Why can only one of them be done?"), least=20, most=1000)

    def command(self) -> FlagClash:
        """The answers as a command."""
        return FlagClash(other_code=self.other.data or "", reason=self.reason.data or "")


class LiftForm(Form):
    """Why both can be done after all."""

    reason = PlainTextField(_("Why can both be done after all?"), least=20, most=1000)

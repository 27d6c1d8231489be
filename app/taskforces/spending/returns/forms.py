"""The form of a return to the pot."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField
from wtforms.validators import ValidationError

from app.core.forms import Form, MoneyField, PlainTextField
from app.taskforces.spending.returns.services import ReturnMoney


class ReturnForm(Form):
    """How much goes back, and why."""

    closing = BooleanField(_("Everything that is not spent: every commitment ends with it"))
    amount = MoneyField(_("Amount, if it is not everything"))
    reason = PlainTextField(_("Why?"), least=20, most=1000, description=_("In words a resident understands."))

    def validate_amount(self, field: MoneyField) -> None:
        """Everything, or so much."""
        if not self.closing.data and not field.data and not field.errors:
            raise ValidationError(_("Enter an amount above zero, or return everything."))

    def command(self) -> ReturnMoney:
        """The answers as a command."""
        closing = bool(self.closing.data)
        return ReturnMoney(
            amount_cents=None if closing else self.amount.data, closing=closing, reason=self.reason.data or ""
        )

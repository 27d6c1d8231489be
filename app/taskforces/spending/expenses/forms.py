"""The forms of expenses."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField
from wtforms.validators import InputRequired

from app.core.forms import AtLeast, Form, LineField, MoneyField, PlainTextField
from app.taskforces.spending.documents.forms import PaperForm
from app.taskforces.spending.expenses.services import Pay

NEEDED = _("This is needed. Please fill it in.")


class PayForm(PaperForm):
    """What was paid on a commitment."""

    amount = MoneyField(_("Amount"), validators=[InputRequired(NEEDED), AtLeast(1, _("Enter an amount above zero."))])
    on = DateField(_("Paid on"), validators=[InputRequired(NEEDED)])
    purpose = PlainTextField(_("What for?"), least=10, most=500, description=_("In words a resident understands."))
    reference = LineField(
        _("Number of the booking in the council’s finance system"),
        most=60,
        least=0,
        description=_("With it the ledger is held against the council’s books every month."),
    )

    with_both = BooleanField(
        _("Ask both sides of the task force to sign first"),
        description=_("Both sides are asked anyway for more than a clerk may enter without signatures."),
    )

    def command(self) -> Pay:
        """The answers as a command."""
        assert self.on.data is not None
        return Pay(
            amount_cents=self.amount.data or 0,
            on=self.on.data,
            purpose=self.purpose.data or "",
            reference=self.reference.data or None,
            paper=self.paper(),
            with_both=bool(self.with_both.data),
        )


class TakeBackForm(Form):
    """Why a payment is taken back."""

    reason = PlainTextField(_("Why?"), least=10, most=500, description=_("Everybody can read this."))

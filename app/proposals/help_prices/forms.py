"""What clerks fill in about a usual price."""

from flask_babel import lazy_gettext as _
from wtforms.validators import InputRequired

from app.core.forms import AtLeast, Form, LineField, MoneyField
from app.proposals.help_prices.queries import PriceFacts
from app.proposals.help_prices.services import SetPrice


class PriceForm(Form):
    """A thing and its price."""

    label = LineField(_("What"), most=120, description=_("With its measure, for example: Street lamp with pole, each."))
    amount = MoneyField(
        _("Usual price"),
        validators=[InputRequired(_("This is needed. Please fill it in.")), AtLeast(1, _("More than nothing."))],
    )
    note = LineField(_("Note"), most=160, least=0, description=_("What it includes, or where the price is from."))

    def fill(self, price: PriceFacts) -> None:
        """Start from what is."""
        self.label.data, self.amount.data, self.note.data = price.label, price.amount_cents, price.note

    def command(self) -> SetPrice:
        """The answers as a command."""
        return SetPrice(label=self.label.data or "", amount_cents=self.amount.data or 0, note=self.note.data or "")

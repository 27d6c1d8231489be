"""The form of a ledger entry."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, RadioField
from wtforms.validators import InputRequired

from app.core.forms import AtLeast, Form, LineField, MoneyField, PlainTextField
from app.taskforces.spending import words
from app.taskforces.spending.rules import EntryKind
from app.taskforces.spending.services import EnterMoney

NEEDED = _("This is needed. Please fill it in.")


class EntryForm(Form):
    """What was promised or paid; entries are never edited, only taken back by another."""

    kind = RadioField(
        _("What is it?"),
        choices=[(k.value, words.KINDS[k]) for k in (EntryKind.COMMIT, EntryKind.EXPENSE)],
        validators=[InputRequired(_("Choose one."))],
    )
    amount = MoneyField(_("Amount"), validators=[InputRequired(NEEDED), AtLeast(1, _("Enter an amount above zero."))])
    takes_back = BooleanField(_("This takes back an earlier entry"))
    on = DateField(_("Day"), validators=[InputRequired(NEEDED)])
    counterparty = LineField(
        _("To whom?"), most=160, least=0, description=_("An organization. For a private person write only the role.")
    )
    purpose = PlainTextField(_("What for?"), least=10, most=500, description=_("In words a resident understands."))

    def command(self) -> EnterMoney:
        """The answers as a command."""
        assert self.on.data is not None
        cents = self.amount.data or 0
        return EnterMoney(
            kind=EntryKind(self.kind.data),
            amount_cents=-cents if self.takes_back.data else cents,
            on=self.on.data,
            purpose=self.purpose.data or "",
            counterparty=self.counterparty.data or None,
        )

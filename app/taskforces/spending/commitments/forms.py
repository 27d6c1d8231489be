"""The forms of commitments."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import InputRequired, ValidationError

from app.core.forms import AtLeast, LineField, MoneyField, PlainTextField
from app.core.forms import Form as PlainForm
from app.taskforces.spending.commitments import words
from app.taskforces.spending.commitments.rules import PayeeRole
from app.taskforces.spending.commitments.services import ChangePromise, PromiseMoney
from app.taskforces.spending.documents.forms import PaperForm

NEEDED = _("This is needed. Please fill it in.")
ABOVE_ZERO = AtLeast(1, _("Enter an amount above zero."))


class PromiseForm(PaperForm):
    """What is promised to whom."""

    payee = RadioField(
        _("Who is paid?"),
        choices=[("organization", _("An organization or a company")), ("person", _("A private person"))],
        default="organization",
        validators=[InputRequired(_("Choose one."))],
    )
    organization = LineField(_("Its name, if it is an organization"), most=160, least=0)
    role = SelectField(
        _("In which role, if it is a private person"),
        choices=[(role.value, words.ROLES[role]) for role in PayeeRole],
        default=PayeeRole.OTHER.value,
        description=_("The name of a private person is never published."),
    )
    amount = MoneyField(_("Amount"), validators=[InputRequired(NEEDED), ABOVE_ZERO])
    purpose = PlainTextField(_("What for?"), least=10, most=500, description=_("In words a resident understands."))

    def validate_organization(self, field: LineField) -> None:
        """An organization has a name."""
        if self.payee.data == "organization" and not field.data:
            raise ValidationError(NEEDED)

    def command(self) -> PromiseMoney:
        """The answers as a command."""
        to_person = self.payee.data == "person"
        counterparty = str(words.ROLES[PayeeRole(self.role.data)]) if to_person else self.organization.data or ""
        return PromiseMoney(
            counterparty=counterparty,
            amount_cents=self.amount.data or 0,
            purpose=self.purpose.data or "",
            paper=self.paper(),
        )


class ChangeForm(PlainForm):
    """What a commitment amounts to from now on."""

    amount = MoneyField(
        _("From now on, in all"),
        validators=[InputRequired(NEEDED)],
        description=_("What was promised before and what is added or taken away, together."),
    )
    ends = BooleanField(_("It ends: nothing more is paid on it"))
    reason = PlainTextField(_("Why?"), least=10, most=500, description=_("In words a resident understands."))

    def command(self) -> ChangePromise:
        """The answers as a command."""
        return ChangePromise(
            amount_cents=self.amount.data or 0, reason=self.reason.data or "", ends=bool(self.ends.data)
        )

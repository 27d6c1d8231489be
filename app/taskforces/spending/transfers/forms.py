"""The forms of transfers."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms import DateField, SelectField
from wtforms.validators import InputRequired

from app.core.forms import AtLeast, Form, LineField, MoneyField, PlainTextField, offered
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.spending.documents.forms import PaperForm
from app.taskforces.spending.transfers.services import GiveFromOutside, MoveMoney, ReleaseReserve

NEEDED = _("This is needed. Please fill it in.")
ABOVE_ZERO = AtLeast(1, _("Enter an amount above zero."))
WORDS = _("In words a resident understands.")


class MoveForm(Form):
    """How much goes to which project, and why."""

    to = SelectField(_("To which project?"), coerce=int)
    amount = MoneyField(_("Amount"), validators=[InputRequired(NEEDED), ABOVE_ZERO])
    reason = PlainTextField(_("Why?"), least=20, most=1000, description=WORDS)
    council = PlainTextField(
        _("What the council has decided, if it had to"),
        least=0,
        most=1000,
        description=_("The clerk writes down the decision, its day and where it can be read."),
    )

    def offer(self, cards: Iterable[ProjectCard]) -> None:
        """The projects that can take the money."""
        self.to.choices = offered((card.id, f"{card.code} · {card.title}") for card in cards)

    def command(self) -> MoveMoney:
        """The answers as a command."""
        return MoveMoney(
            to_project_id=self.to.data,
            amount_cents=self.amount.data or 0,
            reason=self.reason.data or "",
            council=self.council.data or None,
        )


class ReleaseForm(Form):
    """How much of the reserve is released, and why."""

    amount = MoneyField(_("Amount"), validators=[InputRequired(NEEDED), ABOVE_ZERO])
    reason = PlainTextField(_("Why?"), least=20, most=1000, description=WORDS)

    def command(self) -> ReleaseReserve:
        """The answers as a command."""
        return ReleaseReserve(amount_cents=self.amount.data or 0, reason=self.reason.data or "")


class GiveForm(PaperForm):
    """What somebody else gave."""

    giver = LineField(_("Which organization gave it?"), most=160)
    amount = MoneyField(_("Amount"), validators=[InputRequired(NEEDED), ABOVE_ZERO])
    on = DateField(_("Received on"), validators=[InputRequired(NEEDED)])
    purpose = PlainTextField(_("What for?"), least=10, most=500, description=WORDS)

    def command(self) -> GiveFromOutside:
        """The answers as a command."""
        assert self.on.data is not None
        return GiveFromOutside(
            giver=self.giver.data or "",
            amount_cents=self.amount.data or 0,
            on=self.on.data,
            purpose=self.purpose.data or "",
            paper=self.paper(),
        )

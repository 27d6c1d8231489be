"""The terms of spending in a cycle."""

from flask_babel import lazy_gettext as _
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from app.core.forms import Form, MoneyField
from app.taskforces.spending.services import SetTerms

NEEDED = _("This is needed. Please fill it in.")


class TermsForm(Form):
    """What a clerk pays alone, and from which share on the council decides."""

    alone = MoneyField(
        _("Up to which amount does a clerk enter a payment alone?"),
        validators=[InputRequired(NEEDED)],
        description=_(
            "Above it, both sides of the task force sign first. Payments on one commitment within 28 days count"
            " together."
        ),
    )
    percent = IntegerField(
        _("Above how many percent of a project does the council decide on moving money to another kind of project?"),
        validators=[
            InputRequired(_("Write a whole number.")),
            NumberRange(min=0, max=100, message=_("Write a number from 0 to 100.")),
        ],
    )

    def command(self) -> SetTerms:
        """The answers as a command."""
        return SetTerms(alone_cents=self.alone.data or 0, council_percent=self.percent.data or 0)

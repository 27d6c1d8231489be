"""The form in which co-chairs say what a project is expected to cost."""

from flask_babel import lazy_gettext as _
from wtforms.validators import InputRequired

from app.core.forms import Form, MoneyField, PlainTextField
from app.taskforces.projects.rules import LEAST_WORDS
from app.taskforces.spending.forecasts.services import SayCost


class CostForm(Form):
    """What it is expected to cost in all, and why."""

    expected = MoneyField(
        _("Expected cost in all"), validators=[InputRequired(_("This is needed. Please fill it in."))]
    )
    explanation = PlainTextField(
        _("Explain it to residents"), least=LEAST_WORDS, most=2000, description=_("Everybody can read this.")
    )

    def command(self) -> SayCost:
        """The answers as a command."""
        return SayCost(expected_cents=self.expected.data or 0, explanation=self.explanation.data or "")

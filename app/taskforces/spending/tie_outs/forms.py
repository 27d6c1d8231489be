"""The forms of tie-outs: an export to hold the ledger against, and why the two differ."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, MonthField, SelectField
from wtforms.validators import InputRequired, ValidationError

from app.core.forms import Form, PlainTextField, offered
from app.taskforces.spending.tie_outs import words
from app.taskforces.spending.tie_outs.rules import MOST_BYTES, Reason
from app.taskforces.spending.tie_outs.services import Explain, HoldAgainst


class TieOutForm(Form):
    """One month, and the export of it."""

    month = MonthField(
        _("Which month?"),
        validators=[InputRequired(_("Choose a month, for example 2026-05."))],
        description=_("For example: 2026-05."),
    )
    file = FileField(
        _("The export of the council’s finance system (CSV, UTF-8)"),
        description=_(
            "The first line names the columns booked_on, reference and amount; others may stand beside them."
            " At most 20,000 rows and 5 MB."
        ),
    )
    nothing = BooleanField(_("The council booked nothing in that month"))

    def validate_file(self, field: FileField) -> None:
        """A file, or nothing was booked."""
        if not self.nothing.data and not field.data:
            raise ValidationError(_("Choose a file first."))

    def command(self) -> HoldAgainst:
        """The file as it came; one byte more than allowed is enough to refuse it."""
        assert self.month.data is not None
        if self.nothing.data:
            return HoldAgainst(month=self.month.data, content=b"", nothing=True)
        sent = self.file.data
        return HoldAgainst(month=self.month.data, content=sent.read(MOST_BYTES + 1), file_name=sent.filename or "")


class ExplainForm(Form):
    """Why the two books differ in one place."""

    reason = SelectField(
        _("Reason"),
        choices=offered([("", _("Choose one.")), *((each.value, words.REASONS[each]) for each in Reason)]),
        validators=[InputRequired(_("Choose one."))],
    )
    explanation = PlainTextField(
        _("Explain it to residents"), least=20, most=1000, description=_("Everybody can read this.")
    )

    def command(self) -> Explain:
        """The answers as a command."""
        return Explain(reason=Reason(self.reason.data), explanation=self.explanation.data or "")

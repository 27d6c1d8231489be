"""What is asked for an outlook."""

from flask_babel import lazy_gettext as _
from wtforms import DateField
from wtforms.validators import InputRequired

from app.core.forms import Form, LineField
from app.proposals.outlooks.queries import OutlookFacts
from app.proposals.outlooks.rules import MOST_LEAD
from app.proposals.outlooks.services import SayOutlook


class OutlookForm(Form):
    """First day, last day, and who leads."""

    starts_on = DateField(_("First day of the work, as expected"), validators=[InputRequired(_("Enter a day."))])
    ends_on = DateField(
        _("Last day of the work, as expected"),
        validators=[InputRequired(_("Enter a day."))],
        description=_("The booklet prints the month and the year of both."),
    )
    lead = LineField(_("Organization that would lead it"), least=2, most=MOST_LEAD)

    def filled(self, known: OutlookFacts | None) -> "OutlookForm":
        """Show what was said before until something else is sent."""
        if known is not None and not self.is_submitted():
            self.starts_on.data, self.ends_on.data, self.lead.data = known.starts_on, known.ends_on, known.lead
        return self

    def command(self) -> SayOutlook:
        """The answers as a command."""
        assert self.starts_on.data and self.ends_on.data  # both are required
        return SayOutlook(starts_on=self.starts_on.data, ends_on=self.ends_on.data, lead=self.lead.data or "")

"""The form with which a clerk offers a seat."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms import DateField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional

from app.core.forms import Form, LineField
from app.taskforces.organizations.queries import OrganizationFacts
from app.taskforces.seats import words
from app.taskforces.seats.offers.services import OfferSeat
from app.taskforces.seats.rules import SeatKind, Side

NEEDED = _("This is needed. Please fill it in.")


class OfferForm(Form):
    """Who is offered which seat."""

    kind = RadioField(
        _("Seat"), choices=[SelectChoice(k.value, words.KINDS[k]) for k in SeatKind], default=SeatKind.CO_CHAIR.value
    )
    side = RadioField(
        _("Side"),
        choices=[SelectChoice(s.value, words.SIDES[s]) for s in Side],
        validators=[InputRequired(_("Choose a side."))],
    )
    email = LineField(
        _("E-mail address of the person"), most=255, description=_("They need an account here. Only clerks see this.")
    )
    organization_id = SelectField(_("Nominated by"), coerce=int)
    starts_on = DateField(_("First day"), validators=[InputRequired(NEEDED)])
    ends_on = DateField(
        _("Last day of the term"), validators=[Optional()], description=_("Leave it empty for until further notice.")
    )
    shown_as = LineField(
        _("Only for a youth seat: first name to show"), least=0, most=60, description=_("Their surname is never shown.")
    )
    consent_on = DateField(
        _("Only for a youth seat: day on the consent that a guardian signed"),
        validators=[Optional()],
        description=_("Keep the signed form in the office."),
    )

    def offer(self, organizations: Iterable[OrganizationFacts]) -> None:
        """The organizations to choose from."""
        self.organization_id.choices = [SelectChoice(row.id, row.name) for row in organizations]

    def command(self) -> OfferSeat:
        """The answers as a command."""
        assert self.starts_on.data is not None
        return OfferSeat(
            kind=SeatKind(self.kind.data),
            side=Side(self.side.data),
            email=self.email.data or "",
            organization_id=self.organization_id.data or 0,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            shown_as=self.shown_as.data or None,
            consent_on=self.consent_on.data,
        )

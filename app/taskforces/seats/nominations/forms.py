"""The forms of nominations: a co-chair names somebody, a clerk says why not."""

from collections.abc import Iterable

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField, ValidationError
from wtforms.fields import SelectChoice

from app.core.forms import Form, LineField, PlainTextField, offered
from app.taskforces.organizations.queries import OrganizationFacts
from app.taskforces.seats import words
from app.taskforces.seats.nominations.rules import LEAST_REASON, MOST_REASON
from app.taskforces.seats.nominations.services import Nominate
from app.taskforces.seats.rules import SeatKind

NONE = 0
"""The choice of somebody whose organization is not on the list."""


class NominateForm(Form):
    """Who is named for which seat, and why."""

    kind = RadioField(
        _("Seat"), choices=offered((kind.value, words.KINDS[kind]) for kind in SeatKind), default=SeatKind.MEMBER.value
    )
    name = LineField(_("Their name"), most=120)
    email = LineField(
        _("Their e-mail address, if you know it"),
        least=0,
        most=255,
        description=_("Only the office reads it, and it is deleted once the office has answered."),
    )
    organization_id = SelectField(_("Nominated by"), coerce=int)
    reason = PlainTextField(
        _("Why this person?"),
        least=LEAST_REASON,
        most=MOST_REASON,
        description=_("The office and whoever leads your side read this. How can the office find them?"),
    )

    def offer(self, organizations: Iterable[OrganizationFacts]) -> None:
        """The organizations to choose from."""
        none = SelectChoice(NONE, gettext("Not on this list, or none"))
        self.organization_id.choices = [none, *(SelectChoice(row.id, row.name) for row in organizations)]

    def validate_email(self, field: LineField) -> None:
        """What is no address at all is said at once; whether it is somebody's, never."""
        if field.data and "@" not in field.data:
            raise ValidationError(gettext("This is no e-mail address. Leave it empty if you do not know it."))

    def command(self) -> Nominate:
        """The answers as a command."""
        return Nominate(
            kind=SeatKind(self.kind.data),
            name=self.name.data or "",
            email=self.email.data or None,
            organization_id=self.organization_id.data or None,
            reason=self.reason.data or "",
        )


class RefuseForm(Form):
    """Why the seat is not offered."""

    reason = PlainTextField(
        _("Why not?"),
        least=LEAST_REASON,
        most=MOST_REASON,
        description=_("Whoever leads the side that named them reads this."),
    )

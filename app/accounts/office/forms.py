"""The forms of the clerk's office for people."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms import DateField, HiddenField, RadioField, SearchField, SelectField
from wtforms import Form as PlainForm
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional

from app.accounts.forms import NEEDED, LanguageField, MailAddressField
from app.accounts.office.services import DecideResidence, GrantRole, InviteStaff
from app.accounts.office.words import ROLES, STAGES
from app.core.access import Role
from app.core.forms import Form, LineField, PlainTextField, clean
from app.places.queries import NeighborhoodFacts

WHOLE_SITE = "site"


class DecideForm(Form):
    """Verified or refused, with a note."""

    decision = RadioField(
        _("Decision"),
        choices=[
            SelectChoice("verified", _("Verified: this person lives there")),
            SelectChoice("refused", _("Refused: this could not be shown")),
        ],
        validators=[InputRequired(_("Please choose one."))],
    )
    note = PlainTextField(_("Note to the resident"), most=1000, least=0)
    seen = HiddenField()

    def command(self) -> DecideResidence:
        """The answers as a command."""
        verified = self.decision.data == "verified"
        return DecideResidence(verified=verified, note=self.note.data or "", seen=self.seen.data or "")


class GrantForm(Form):
    """A role with its scope and days."""

    role = SelectField(_("Role"), choices=[SelectChoice(role, label) for role, label in ROLES.items()])
    scope = SelectField(_("For"), choices=[])
    starts_on = DateField(_("First day"), validators=[InputRequired(NEEDED)])
    ends_on = DateField(_("Last day"), validators=[Optional(strip_whitespace=True)])

    def offer(self, places: Iterable[NeighborhoodFacts], *, whole_site: bool) -> None:
        """Let the clerk choose among the scopes they may grant."""
        site = [SelectChoice(WHOLE_SITE, _("the whole site"))] if whole_site else []
        self.scope.choices = [*site, *(SelectChoice(str(place.id), place.name) for place in places)]

    def command(self) -> GrantRole:
        """The answers as a command."""
        assert self.starts_on.data is not None
        return GrantRole(
            role=Role(self.role.data),
            neighborhood_id=None if self.scope.data == WHOLE_SITE else int(self.scope.data),
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
        )


class InviteForm(Form):
    """Somebody who is to work here."""

    public_name = LineField(_("Public name"), most=60, least=2)
    email = MailAddressField()
    locale = LanguageField()

    def command(self) -> InviteStaff:
        """The answers as a command."""
        return InviteStaff(
            public_name=self.public_name.data or "", email=self.email.data or "", locale=self.locale.data
        )


class FindForm(PlainForm):
    """Words to look for; sent with GET, so that a search has an address."""

    q = SearchField(_("Name, e-mail or address"), filters=[clean])
    stage = SelectField(_("Show"), choices=[SelectChoice(stage, label) for stage, label in STAGES.items()])

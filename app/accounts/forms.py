"""The forms of an account: signing in with a mail, joining, and changing one's details."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _
from wtforms import DateField, EmailField, SelectField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from app.accounts.services import ChangeDetails, Join, RegisterResidence
from app.core.clock import today
from app.core.forms import Form, LineField, clean
from app.core.languages import LANGUAGES
from app.places.queries import NeighborhoodFacts

NEEDED = _("This is needed. Please fill it in.")


class MailAddressField(EmailField):
    """An e-mail address, as `data` in the one spelling we keep: lower case."""

    def __init__(self, label: Any = None, **more: Any) -> None:
        rules = [InputRequired(NEEDED), Length(max=254), _check_address]
        super().__init__(label or _("E-mail address"), validators=rules, filters=[clean, _lower], **more)


class LanguageField(SelectField):
    """One of the languages Lamplight speaks."""

    def __init__(self, label: Any = None, **more: Any) -> None:
        choices = [SelectChoice(code, name) for code, name in LANGUAGES.items()]
        super().__init__(label or _("Language of our mails and pages"), choices=choices, **more)


class NeighborhoodField(SelectField):
    """One of the neighborhoods; `offer` says which."""

    def __init__(self, label: Any = None, **more: Any) -> None:
        super().__init__(label or _("Neighborhood"), coerce=int, choices=[], **more)

    def offer(self, places: Iterable[NeighborhoodFacts]) -> None:
        """Let people choose among `places`."""
        self.choices = [SelectChoice(str(place.id), place.name) for place in places]


class SignInForm(Form):
    """Where to send the code."""

    email = MailAddressField()


class CodeForm(Form):
    """The digits from the mail."""

    code = LineField(_("Code from the mail"), most=20)

    def digits(self) -> str:
        """What was typed, without the spaces people put between."""
        return "".join((self.code.data or "").split())


class ResidenceForm(Form):
    """Where somebody lives."""

    neighborhood_id = NeighborhoodField()
    address = LineField(_("Street and house number"), most=300, least=3)
    born_on = DateField(_("Date of birth"), validators=[Optional(strip_whitespace=True)])

    def validate_born_on(self, field: DateField) -> None:
        """A day on which somebody living can have been born."""
        if field.data is not None and not date(1900, 1, 1) <= field.data <= today():
            raise ValidationError(str(_("Enter a date in the past, after 1900.")))

    def residence(self) -> RegisterResidence:
        """The answers as a command."""
        return RegisterResidence(
            neighborhood_id=self.neighborhood_id.data,
            address=self.address.data or "",
            born_on=self.born_on.data,
        )


class JoinForm(ResidenceForm):
    """Who somebody is and where they live."""

    public_name = LineField(_("Public name"), most=60, least=2)
    email = MailAddressField()
    locale = LanguageField()

    def command(self) -> Join:
        """The answers as a command."""
        return Join(
            email=self.email.data or "",
            public_name=self.public_name.data or "",
            locale=self.locale.data,
            residence=self.residence(),
        )


class DetailsForm(Form):
    """How somebody wants to be called."""

    public_name = LineField(_("Public name"), most=60, least=2)
    locale = LanguageField()

    def command(self) -> ChangeDetails:
        """The answers as a command."""
        return ChangeDetails(public_name=self.public_name.data or "", locale=self.locale.data)


class ButtonForm(Form):
    """A button and nothing to fill in."""


def is_address(text: str) -> bool:
    """Whether a text has the shape of an e-mail address; whether it is anybody's, only a mail can tell."""
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def _check_address(form: Form, field: EmailField) -> None:
    if not is_address(field.data or ""):
        raise ValidationError(str(_("Enter an e-mail address like name@example.org.")))


def _lower(text: str | None) -> str | None:
    return None if text is None else text.lower()

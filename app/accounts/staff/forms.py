"""The forms with which staff sign in."""

from flask_babel import lazy_gettext as _
from wtforms import PasswordField
from wtforms.validators import EqualTo, InputRequired

from app.accounts.forms import NEEDED, MailAddressField
from app.core.forms import Form, LineField


class PasswordSignInForm(Form):
    """Address and password."""

    email = MailAddressField()
    password = PasswordField(_("Password"), validators=[InputRequired(NEEDED)])


class SecondFactorForm(Form):
    """Six digits, or a recovery code."""

    code = LineField(_("Code from your app"), most=30)


class ForgotForm(Form):
    """Where to send the link."""

    email = MailAddressField()


class NewPasswordForm(Form):
    """A new password, twice."""

    password = PasswordField(_("New password"), validators=[InputRequired(NEEDED)])
    again = PasswordField(
        _("The same again"),
        validators=[InputRequired(NEEDED), EqualTo("password", _("The two do not match."))],
    )

"""What somebody is asked who is to prove once more who they are."""

from flask_babel import lazy_gettext as _

from app.core.forms import Form, LineField


class AppCodeForm(Form):
    """Six digits of the authenticator app, or a recovery code."""

    code = LineField(_("Code from your app"), most=30)


class MailedCodeForm(Form):
    """The six digits we have mailed."""

    code = LineField(_("Code from the mail"), most=20)


class AskForm(Form):
    """Nothing to fill in: a button and its token."""

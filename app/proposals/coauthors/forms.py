"""Whom to ask, and the code somebody was handed."""

from flask_babel import lazy_gettext as _

from app.accounts.forms import MailAddressField
from app.core.forms import Form, LineField
from app.proposals.coauthors.rules import read_code


class InviteForm(Form):
    """The address of whoever is asked."""

    email = MailAddressField(_("Their email address"))


class CodeForm(Form):
    """A code as it was handed over."""

    code = LineField(_("Code"), most=40)

    @property
    def read(self) -> str:
        """The code as it is kept."""
        return read_code(self.code.data or "")

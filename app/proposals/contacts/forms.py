"""How an author is reached."""

from flask_babel import lazy_gettext as _

from app.core.forms import Form, LineField


class ContactForm(Form):
    """One line: a telephone number, an address, or when to call."""

    contact = LineField(_("How can officers reach you?"), least=0, most=200)

"""What somebody says who takes a proposal back."""

from flask_babel import lazy_gettext as _

from app.core.forms import Form, PlainTextField


class WithdrawForm(Form):
    """A reason, which nobody has to give."""

    reason = PlainTextField(_("Why? Everybody will read it."), least=0, most=500)

"""What the board is asked before a step that cannot be taken back."""

from flask_babel import lazy_gettext as _

from app.core.forms import Form, PlainTextField


class StepForm(Form):
    """Nothing to fill in: a button and its token."""


class CloseForm(Form):
    """Closing, with the public reason that an early close needs."""

    early_reason = PlainTextField(
        _("Why it closes before its announced end"),
        most=500,
        least=0,
        description=_("Everybody will read this. Leave it empty when the announced end has passed."),
    )

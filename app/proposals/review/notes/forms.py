"""A note for other officers."""

from flask_babel import lazy_gettext as _

from app.core.forms import Form, PlainTextField


class NoteForm(Form):
    """What other officers should know."""

    text = PlainTextField(
        _("Your note"),
        most=2000,
        description=_("Only officers of this neighborhood read it. It is never published, and it cannot be changed."),
    )

"""The form of a step that needs a reason."""

from flask_babel import lazy_gettext as _

from app.core.forms import Form, PlainTextField
from app.taskforces.projects.rules import LEAST_WORDS


class StepForm(Form):
    """Why nothing has to be bought or contracted."""

    reason = PlainTextField(
        _("Why is nothing to be bought or contracted?"),
        least=LEAST_WORDS,
        most=2000,
        description=_("Everybody can read this on the project's page."),
    )

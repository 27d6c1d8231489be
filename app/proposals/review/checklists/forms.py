"""The questions about a kind of project, one a line."""

from flask_babel import lazy_gettext as _

from app.core.forms import Form, PlainTextField


class ChecklistForm(Form):
    """The questions as a clerk writes them."""

    questions = PlainTextField(
        _("Questions, one a line"),
        least=0,
        most=3000,
        description=_(
            "Officers answer each with yes, no or does not apply, and a sentence that residents read. Put them so that"
            " a yes speaks for the proposal. Leave it empty to use the questions of every kind of project."
        ),
    )

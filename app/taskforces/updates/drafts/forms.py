"""What is filled in for a draft: the three answers as far as they are known, and why it is sent back."""

from flask_babel import lazy_gettext as _
from wtforms import IntegerField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from app.core.forms import Form, PlainTextField
from app.taskforces.updates.drafts.rules import MOST
from app.taskforces.updates.drafts.services import SaveDraft


class DraftForm(Form):
    """The three answers, none of them needed yet."""

    what_changed = PlainTextField(_("What changed?"), least=0, most=MOST)
    why = PlainTextField(_("Why?"), least=0, most=MOST)
    what_next = PlainTextField(_("What happens next?"), least=0, most=MOST)
    edition = IntegerField(default=0, widget=HiddenInput())

    def command(self) -> SaveDraft:
        """The answers as a command."""
        return SaveDraft(
            what_changed=self.what_changed.data or "",
            why=self.why.data or "",
            what_next=self.what_next.data or "",
            edition=self.edition.data or 0,
        )


class PublishForm(Form):
    """Which edition of a draft was read."""

    edition = IntegerField(widget=HiddenInput(), validators=[InputRequired(_("This is needed. Please fill it in."))])


class SendBackForm(Form):
    """What should be better."""

    note = PlainTextField(
        _("What should be better?"), least=10, most=1000, description=_("Only the task force reads this.")
    )

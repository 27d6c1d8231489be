"""An update in another language."""

from flask_babel import lazy_gettext as _
from wtforms import IntegerField
from wtforms.widgets import HiddenInput

from app.core.forms import Form, PlainTextField
from app.taskforces.updates.drafts.rules import MOST
from app.taskforces.updates.versions.services import TranslateUpdate


class TranslateForm(Form):
    """The three answers in another language."""

    what_changed = PlainTextField(_("What changed"), least=2, most=MOST)
    why = PlainTextField(_("Why"), least=2, most=MOST)
    what_next = PlainTextField(_("What happens next"), least=2, most=MOST)
    number = IntegerField(default=0, widget=HiddenInput())

    def command(self, language: str) -> TranslateUpdate:
        """The answers as a command."""
        return TranslateUpdate(
            language=language,
            what_changed=self.what_changed.data or "",
            why=self.why.data or "",
            what_next=self.what_next.data or "",
            number=self.number.data or 0,
        )

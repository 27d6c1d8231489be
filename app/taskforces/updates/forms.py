"""What a co-chair fills in to tell residents something."""

from flask_babel import lazy_gettext as _

from app.core.forms import Form, PlainTextField
from app.taskforces.updates.services import PublishUpdate


class UpdateForm(Form):
    """The three questions of an update."""

    what_changed = PlainTextField(_("What changed?"), least=10, most=2000)
    why = PlainTextField(_("Why?"), least=10, most=2000)
    what_next = PlainTextField(_("What happens next?"), least=10, most=2000)

    def command(self) -> PublishUpdate:
        """The answers as a command."""
        return PublishUpdate(
            what_changed=self.what_changed.data or "", why=self.why.data or "", what_next=self.what_next.data or ""
        )

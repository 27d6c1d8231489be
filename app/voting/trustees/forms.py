"""What is filled in about key holders, and the files that are handed in."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from app.core.forms import Form, PlainTextField
from app.voting.trustees.rules import MOST_HOLDERS
from app.voting.trustees.services import PlanHolders

NEEDED = _("This is needed. Please fill it in.")


class HoldersForm(Form):
    """Who holds a key: one name in each line; none where one key is kept on this machine."""

    names = PlainTextField(
        _("Key holders"),
        most=1000,
        least=0,
        description=_("One name in each line, for example the two co-chairs and the library. At most nine."),
    )
    threshold = IntegerField(
        _("Keys that open together"),
        validators=[InputRequired(NEEDED), NumberRange(1, MOST_HOLDERS, _("From 1 to 9."))],
        default=2,
        description=_("Two of three is usual: one lost key is no lost vote, and nobody opens alone."),
    )

    def command(self) -> PlanHolders:
        """The answers as a command."""
        lines = [" ".join(line.split())[:120] for line in (self.names.data or "").split("\n")]
        return PlanHolders(names=tuple(line for line in lines if line), threshold=self.threshold.data or 1)


class FileForm(Form):
    """A file somebody hands in."""

    file = FileField(_("The file"), validators=[FileRequired(_("Choose the file."))])

    def content(self) -> bytes:
        """What is in it."""
        content: bytes = self.file.data.read()
        return content

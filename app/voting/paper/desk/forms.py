"""What the desk types: whom it looks for, which stub, and what became of a ballot."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.core.forms import Form, PlainTextField, clean
from app.voting.paper import words
from app.voting.paper.desk.services import IssuePaper, VoidPaper
from app.voting.paper.forms import WholeNumberField
from app.voting.paper.rules import StubStage


class FindForm(Form):
    """Whom to look for on the roll."""

    class Meta:
        csrf = False

    q = StringField(
        _("Name, address or reference"),
        filters=[clean],
        description=_("The reference is the eight letters and digits beside a name."),
    )


class IssueForm(Form):
    """Which ballot is handed to the voter."""

    stub = WholeNumberField(_("Number on the stub"), least=1, most=999_999)
    by_post = BooleanField(_("It goes out by post"))

    def command(self, entry_id: bytes) -> IssuePaper:
        """The answers as a command."""
        return IssuePaper(entry_id=entry_id, stub=self.stub.data or 0, by_post=bool(self.by_post.data))


class ReturnForm(Form):
    """Which ballot has come back."""

    stub = WholeNumberField(_("Number on the stub"), least=1, most=999_999)
    by_post = BooleanField(
        _("It came by post"), description=_("The stub is on the outer envelope. Do not open the inner one here.")
    )


class VoidForm(Form):
    """What became of a ballot that will not come back."""

    stage = RadioField(
        _("What happened to it?"),
        choices=[SelectChoice(stage.value, words.STUBS[stage]) for stage in (StubStage.SPOILED, StubStage.LOST)],
        validators=[InputRequired(_("Choose one."))],
    )
    note = PlainTextField(_("How do you know?"), most=300, description=_("Observers read this."))

    def command(self, stub: int) -> VoidPaper:
        """The answers as a command."""
        return VoidPaper(stub=stub, stage=StubStage(self.stage.data), note=self.note.data or "")


class UndoForm(Form):
    """Why a return was a mistake."""

    note = PlainTextField(_("Why was it a mistake?"), most=300, description=_("Observers read this."))

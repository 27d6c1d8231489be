"""What somebody says about a proposal."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.core.forms import Form, PlainTextField
from app.proposals.discussion.queries import CommentRow
from app.proposals.discussion.rules import Stance
from app.proposals.discussion.services import EditComment, WriteComment
from app.proposals.discussion.words import STANCES


class AnswerForm(Form):
    """An answer to a comment."""

    text = PlainTextField(
        _("Your answer"),
        most=2000,
        description=_("Everybody will read this, with your name. Please leave out anything private about others."),
    )

    def command(self, parent_id: int) -> WriteComment:
        """The answers as a command."""
        return WriteComment(text=self.text.data or "", parent_id=parent_id)

    def changed(self) -> EditComment:
        """The answers as a command to change what was said."""
        return EditComment(text=self.text.data or "")

    def show(self, comment: CommentRow) -> None:
        """Start from what was said."""
        self.text.data = comment.text


class CommentForm(Form):
    """A comment on a proposal."""

    stance = RadioField(
        _("Are you for or against it?"),
        choices=[SelectChoice(*each) for each in STANCES.items()],
        validators=[InputRequired(_("Choose one of the three. It does not count as a vote."))],
        description=_("It stands beside your comment and is not a vote."),
    )
    text = PlainTextField(
        _("Your comment"),
        most=2000,
        description=_("Everybody will read this, with your name. Please leave out anything private about others."),
    )

    def command(self) -> WriteComment:
        """The answers as a command."""
        return WriteComment(text=self.text.data or "", stance=Stance(self.stance.data))

    def changed(self) -> EditComment:
        """The answers as a command to change what was said."""
        return EditComment(text=self.text.data or "", stance=Stance(self.stance.data))

    def show(self, comment: CommentRow) -> None:
        """Start from what was said."""
        self.text.data, self.stance.data = comment.text, comment.stance

"""What a co-chair fills in to tell a story, and why one is taken down."""

from collections.abc import Iterable

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField
from wtforms.fields import SelectChoice

from app.core.forms import Form, LineField, PlainTextField
from app.taskforces.updates.pictures.queries import PictureFacts
from app.taskforces.updates.stories.queries import Untold
from app.taskforces.updates.stories.services import TellStory


class StoryForm(Form):
    """A story in a few answers. Call `offer` first."""

    title = LineField(_("Headline"), least=3, most=120)
    before = PlainTextField(_("How was it before?"), least=10, most=1000)
    after = PlainTextField(_("How is it now?"), least=10, most=1000)
    who = PlainTextField(
        _("Who did it?"), least=3, most=500, description=_("Name organizations; name people only if they want it.")
    )
    before_picture = SelectField(_("Picture from before"))
    after_picture = SelectField(_("Picture from now"))
    quote = PlainTextField(_("What does somebody say about it?"), least=0, most=400)
    quoted = LineField(
        _("Who says it?"), least=0, most=120, description=_("As they want to be called, for example: a neighbor.")
    )
    quote_agreed = BooleanField(_("They have read it and agree that it is shown; for a child, a guardian agrees too"))

    def offer(self, shown: Iterable[PictureFacts]) -> None:
        """The public pictures of the project; without any, nothing is asked about them."""
        found = [SelectChoice(str(each.id), each.words) for each in shown]
        for name in ("before_picture", "after_picture"):
            if found:
                self[name].choices = [SelectChoice("", gettext("None")), *found]
            else:
                del self[name]

    def begin(self, untold: Untold) -> None:
        """Begin with what is known already; the co-chair puts it into their own words."""
        self.title.data = untold.title[:120]
        self.before.data, self.after.data, self.who.data = untold.need[:1000], untold.evidence[:1000], untold.lead

    def command(self) -> TellStory:
        """The answers as a command."""
        return TellStory(
            title=self.title.data or "",
            before=self.before.data or "",
            after=self.after.data or "",
            who=self.who.data or "",
            quote=self.quote.data or "",
            quoted=self.quoted.data or "",
            quote_agreed=bool(self.quote_agreed.data),
            before_picture_id=self._picture("before_picture"),
            after_picture_id=self._picture("after_picture"),
        )

    def _picture(self, name: str) -> int | None:
        return int(self[name].data) if name in self and self[name].data else None


class TakeDownForm(Form):
    """Why a story goes."""

    reason = PlainTextField(
        _("Why is it taken down?"),
        least=10,
        most=500,
        description=_("Everybody reads this in its place. Please name nobody."),
    )

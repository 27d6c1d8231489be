"""A text of a proposal in another language."""

from wtforms import StringField
from wtforms.widgets import HiddenInput

from app.proposals.wordings.queries import Entry
from app.proposals.wordings.services import SayField
from app.translating.forms import WordingForm
from app.translating.rules import Rendering


class FieldForm(WordingForm):
    """What stands for a text of a proposal."""

    mark = StringField(widget=HiddenInput())

    def command(self, entry: Entry, language: str) -> SayField:
        """The answers as a command."""
        return SayField(
            field=entry.field,
            mark=self.mark.data or "",
            language=language,
            wording=self.wording.data or "",
            rendering=Rendering(self.rendering.data),
            number=self.number.data or 0,
        )

    def show(self, entry: Entry) -> None:
        """What goes along unseen is that of the page as it is shown now."""
        self.mark.raw_data, self.mark.data = None, entry.mark
        self.number.raw_data = [str(entry.newest.number if entry.newest else 0)]

"""What is asked about a batch: how many slips somebody counted, and why one is taken apart."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from app.core.forms import Form, PlainTextField
from app.voting.paper.forms import WholeNumberField
from app.voting.paper.queries import BoxFacts
from app.voting.paper.rules import LARGEST_BATCH


class HeaderForm(Form):
    """The header of a new batch."""

    box = SelectField(_("From the box"), coerce=int)
    size = WholeNumberField(_("Slips in this batch"), least=1, most=LARGEST_BATCH)

    def offer(self, boxes: Iterable[BoxFacts]) -> "HeaderForm":
        """Let somebody choose among these boxes."""
        self.box.choices = [SelectChoice(box.id, box.name) for box in boxes]
        return self


class CountForm(Form):
    """Another count of the same batch."""

    size = WholeNumberField(_("Slips in this batch"), least=1, most=LARGEST_BATCH)


class VoidForm(Form):
    """Why a batch is taken apart."""

    reason = PlainTextField(_("Why?"), most=300, description=_("Observers read this."))

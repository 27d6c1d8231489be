"""What is missing, how many, and what was done to find it."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.core.forms import Form, PlainTextField
from app.voting.board.rules import MOST_REASON
from app.voting.paper import words
from app.voting.paper.forms import WholeNumberField
from app.voting.paper.rules import LEAST_SEARCHED, Balance


class ExplainForm(Form):
    """One sum that does not agree, the number missing in it, and the reason for everybody to read."""

    place = RadioField(_("Where something is missing"), choices=[], validators=[InputRequired(_("Choose one."))])
    missing = WholeNumberField(
        _("How many are missing"), least=1, description=_("Count once more, and type your own number.")
    )
    reason = PlainTextField(
        _("What was done to find it, for everybody to read"),
        most=MOST_REASON,
        least=LEAST_SEARCHED,
        description=_("For example: slip of batch 3 missing, boxes and counting room searched on 4 May by two people."),
    )

    def offer(self, open_ones: Sequence[Balance]) -> "ExplainForm":
        """Let the member choose among the sums in which something is missing."""
        self.place.choices = [SelectChoice(f"{b.box_id} {b.sum.value}", words.problem(b)) for b in open_ones]
        return self

    def answers(self) -> dict[str, Any]:
        """What the board is asked to agree on."""
        box, _space, kind = (self.place.data or "0 ").partition(" ")
        return {"box": int(box), "sum": kind, "missing": self.missing.data, "reason": self.reason.data or ""}

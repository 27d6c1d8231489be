"""What is asked before something is printed."""

from collections.abc import Iterable, Mapping

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.core.forms import Form
from app.voting.paper.queries import BoxFacts


class PrintForm(Form):
    """The ballots of a printing, or the forms of the count in a language."""

    what = RadioField(_("What is to be printed?"), validators=[InputRequired(_("Choose one."))])

    def offer(self, boxes: Iterable[BoxFacts], languages: Mapping[str, str]) -> "PrintForm":
        """Let the clerk choose among these."""
        ballots = [
            SelectChoice(
                f"stock:{stock.id}",
                gettext(
                    "Ballots %(first)s–%(last)s for %(box)s (%(language)s)",
                    first=stock.first_stub,
                    last=stock.last_stub,
                    box=box.name,
                    language=languages.get(stock.language, stock.language),
                ),
            )
            for box in boxes
            for stock in box.stock
        ]
        packs = [
            SelectChoice(f"pack:{code}", gettext("Count pack (%(language)s)", language=name))
            for code, name in languages.items()
        ]
        self.what.choices = [*ballots, *packs]
        return self

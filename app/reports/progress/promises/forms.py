"""Answers needed to promise something for a quarter, and to say what became of it."""

from collections.abc import Collection
from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.core.forms import Form, LineField, PlainTextField, offered
from app.reports.progress.promises import words
from app.reports.progress.promises.rules import LEAST_LINE, LEAST_PROMISE, MOST_LINE, MOST_PROMISE, Kept
from app.reports.progress.promises.services import MakePromise, MarkPromise
from app.taskforces.projects.queries import ProjectCard

WHOLE = ""


class PromiseForm(Form):
    """A promise."""

    text = LineField(_("What the task force promises"), most=MOST_PROMISE, least=LEAST_PROMISE)
    project = SelectField(_("For which project"))

    def offer(self, projects: Collection[ProjectCard]) -> "PromiseForm":
        """Let them choose among the projects of the task force."""
        whole = SelectChoice(WHOLE, gettext("For the task force as a whole"))
        self.project.choices = [whole, *(SelectChoice(str(card.id), f"{card.code} {card.title}") for card in projects)]
        return self

    def command(self, for_day: date) -> MakePromise:
        """The promise for the quarter that day falls in."""
        chosen = self.project.data or WHOLE
        return MakePromise(
            text=self.text.data or "", for_day=for_day, project_id=int(chosen) if chosen != WHOLE else None
        )


class MarkForm(Form):
    """What became of it."""

    kept = RadioField(
        _("What became of it"), choices=offered(words.KEPT.items()), validators=[InputRequired(_("Choose one."))]
    )
    line = PlainTextField(_("Why, in a sentence that everybody reads"), most=MOST_LINE, least=LEAST_LINE)

    def command(self) -> MarkPromise:
        """The same as a command."""
        return MarkPromise(kept=Kept(self.kept.data), line=self.line.data or "")

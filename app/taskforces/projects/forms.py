"""The forms of projects: handing one over, and narrowing the list."""

from collections.abc import Iterable

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Form as PlainForm
from wtforms import SearchField, SelectField

from app.core.forms import Form, LineField
from app.taskforces.projects import words
from app.taskforces.projects.queries import ProjectCard, ProjectFilter
from app.taskforces.projects.rules import Status
from app.taskforces.projects.services import HandOver
from app.taskforces.queries import TaskForceFacts


class FilterForm(PlainForm):
    """What a visitor looks for in the list of projects."""

    words = SearchField(_("Words"))
    status = SelectField(_("How it goes"))
    category = SelectField(_("Kind of project"))
    task_force = SelectField(_("Task force"))
    neighborhood = SelectField(_("Neighborhood"))

    def offer(self, cards: Iterable[ProjectCard]) -> None:
        """Only choices that lead to something."""
        cards = list(cards)
        any_of = ("", gettext("Any"))
        self.status.choices = [any_of, *((s.value, str(words.STATUSES[s])) for s in Status)]
        self.category.choices = [any_of, *sorted({(c.category, c.category) for c in cards})]
        bodies = {(c.task_force_slug, c.task_force) for c in cards if c.task_force_slug and c.task_force}
        self.task_force.choices = [any_of, *sorted(bodies, key=lambda pair: pair[1])]
        places = {(c.neighborhood_slug, c.neighborhood) for c in cards}
        self.neighborhood.choices = [any_of, *sorted(places, key=lambda pair: pair[1])]

    def wanted(self) -> ProjectFilter:
        """The answers; what was not answered fits everything."""
        return ProjectFilter(
            words=self.words.data or "",
            status=self.status.data or "",
            category=self.category.data or "",
            task_force=self.task_force.data or "",
            neighborhood=self.neighborhood.data or "",
        )


class HandOverForm(Form):
    """Which task force answers for a project."""

    task_force_id = SelectField(_("Task force"), coerce=int)
    lead = LineField(
        _("Organization that leads the work"), most=160, description=_("For example: City streets department.")
    )

    manager = LineField(
        _("Who manages the work from day to day"),
        most=160,
        description=_("A name or an office, and how to reach it. Everybody can read this."),
    )

    def offer(self, bodies: Iterable[TaskForceFacts]) -> None:
        """The task forces of the neighborhood."""
        self.task_force_id.choices = [(body.id, body.name) for body in bodies]

    def command(self) -> HandOver:
        """The answers as a command."""
        return HandOver(
            task_force_id=self.task_force_id.data, lead=self.lead.data or "", manager=self.manager.data or ""
        )

"""What a visitor looks for in the list of questions."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Form as PlainForm
from wtforms import IntegerField, SearchField, SelectField

from app.core.forms import offered
from app.places.queries import neighborhoods
from app.taskforces.queries import task_forces
from app.taskforces.questions.lists.queries import QuestionFilter, places_asked_about


class FilterForm(PlainForm):
    """The list, narrowed down. Call `offer` first."""

    words = SearchField(_("Words"))
    state = SelectField(_("How it stands"))
    task_force = SelectField(_("Task force"))
    neighborhood = SelectField(_("Neighborhood"))
    area = SelectField(_("Area or place"))
    project = IntegerField()

    def offer(self) -> None:
        """The states, task forces and neighborhoods there are."""
        any_of = ("", gettext("Any"))
        self.state.choices = offered(
            [
                any_of,
                ("open", gettext("Waits for an answer")),
                ("overdue", gettext("Overdue")),
                ("answered", gettext("Answered")),
                ("declined", gettext("Not answered here")),
                ("merged", gettext("Answered with another")),
            ]
        )
        self.task_force.choices = offered([any_of, *((body.slug, body.name) for body in task_forces())])
        self.neighborhood.choices = offered([any_of, *((where.slug, where.name) for where in neighborhoods())])
        self.area.choices = offered([any_of, *((str(id_), name) for id_, name in places_asked_about())])

    def wanted(self) -> QuestionFilter:
        """The answers; what was not answered fits everything."""
        return QuestionFilter(
            words=(self.words.data or "").strip(),
            state=self.state.data or "",
            neighborhood=self.neighborhood.data or "",
            task_force=self.task_force.data or "",
            project_id=self.project.data,
            area_id=int(self.area.data) if (self.area.data or "").isdecimal() else None,
        )

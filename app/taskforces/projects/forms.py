"""The form with which a project is handed over."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms import SelectField

from app.core.forms import Form, LineField, offered
from app.taskforces.projects.services import HandOver
from app.taskforces.queries import TaskForceFacts


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
        self.task_force_id.choices = offered((body.id, body.name) for body in bodies)

    def command(self) -> HandOver:
        """The answers as a command."""
        return HandOver(
            task_force_id=self.task_force_id.data, lead=self.lead.data or "", manager=self.manager.data or ""
        )

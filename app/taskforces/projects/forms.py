"""The forms of projects: handing one over, planning, forecasting, reporting."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms import DateField, SelectField
from wtforms.validators import InputRequired

from app.core.forms import Form, LineField, PlainTextField
from app.taskforces.projects.promises import words as promise_words
from app.taskforces.projects.rules import LEAST_WORDS, ForecastReason
from app.taskforces.projects.services import ChangeForecast, HandOver, MarkDone, PlanMilestone
from app.taskforces.queries import TaskForceFacts

NEEDED = _("This is needed. Please fill it in.")


class HandOverForm(Form):
    """Which task force answers for a project."""

    task_force_id = SelectField(_("Task force"), coerce=int)
    lead = LineField(
        _("Organization that leads the work"), most=160, description=_("For example: City streets department.")
    )

    def offer(self, bodies: Iterable[TaskForceFacts]) -> None:
        """The task forces of the neighborhood."""
        self.task_force_id.choices = [(body.id, body.name) for body in bodies]

    def command(self) -> HandOver:
        """The answers as a command."""
        return HandOver(task_force_id=self.task_force_id.data, lead=self.lead.data or "")


class MilestoneForm(Form):
    """One milestone of the plan."""

    title = LineField(_("Milestone"), most=160, description=_("For example: Lamps lit."))
    done_means = PlainTextField(
        _("It is done when…"), least=10, most=1000, description=_("So that anybody can check it.")
    )
    baseline_on = DateField(_("Promised for"), validators=[InputRequired(NEEDED)])

    def command(self) -> PlanMilestone:
        """The answers as a command."""
        assert self.baseline_on.data is not None
        return PlanMilestone(
            title=self.title.data or "", done_means=self.done_means.data or "", baseline_on=self.baseline_on.data
        )


class ForecastForm(Form):
    """A new day for a milestone, with its reason."""

    new_on = DateField(_("Now expected on"), validators=[InputRequired(NEEDED)])
    reason = SelectField(_("Reason"), choices=[(r.value, promise_words.REASONS[r]) for r in ForecastReason])
    explanation = PlainTextField(
        _("Explain it to residents"), least=LEAST_WORDS, most=2000, description=_("Everybody can read this.")
    )

    def command(self) -> ChangeForecast:
        """The answers as a command."""
        assert self.new_on.data is not None
        return ChangeForecast(
            new_on=self.new_on.data, reason=ForecastReason(self.reason.data), explanation=self.explanation.data or ""
        )


class DoneForm(Form):
    """A milestone was reached."""

    actual_on = DateField(_("Done on"), validators=[InputRequired(NEEDED)])
    evidence = PlainTextField(
        _("How can anybody see it?"),
        least=LEAST_WORDS,
        most=2000,
        description=_("What was checked, by whom, where to look. Everybody can read this."),
    )

    def command(self) -> MarkDone:
        """The answers as a command."""
        assert self.actual_on.data is not None
        return MarkDone(actual_on=self.actual_on.data, evidence=self.evidence.data or "")

"""The forms of milestones: plan one, or expect it on another day."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from wtforms import DateField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import Form, LineField, PlainTextField, offered
from app.taskforces.projects.promises import words
from app.taskforces.projects.promises.queries import MilestoneRow
from app.taskforces.projects.promises.rules import MilestoneKind
from app.taskforces.projects.promises.services import ChangeForecast, PlanMilestone
from app.taskforces.projects.rules import LEAST_WORDS, ForecastReason

NEEDED = _("This is needed. Please fill it in.")
KINDS = [(kind.value, words.KINDS[kind]) for kind in MilestoneKind]


class MilestoneForm(Form):
    """One milestone of the plan."""

    title = LineField(_("Milestone"), most=160, description=_("For example: Lamps lit."))
    kind = SelectField(
        _("Kind"),
        choices=offered(KINDS),
        default=MilestoneKind.DELIVERY.value,
        description=_("A promise needs one “Approval” (the plan itself) and one “Delivery”."),
    )
    done_means = PlainTextField(
        _("It is done when…"), least=10, most=1000, description=_("So that anybody can check it.")
    )
    lead = LineField(_("Who sees to it"), least=0, most=160)
    needs = SelectMultipleField(
        _("What has to be done before"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    baseline_on = DateField(_("Promised for"), validators=[InputRequired(NEEDED)])

    def offer(self, there: Sequence[MilestoneRow]) -> None:
        """It can need any milestone that is in the plan already."""
        self.needs.choices = offered((row.id, row.title) for row in there)

    def command(self) -> PlanMilestone:
        """The answers as a command."""
        assert self.baseline_on.data is not None
        return PlanMilestone(
            title=self.title.data or "",
            done_means=self.done_means.data or "",
            baseline_on=self.baseline_on.data,
            kind=MilestoneKind(self.kind.data),
            lead=self.lead.data or None,
            needs=tuple(self.needs.data or ()),
        )


class ForecastForm(Form):
    """A new day for a milestone, with its reason."""

    new_on = DateField(_("Now expected on"), validators=[InputRequired(NEEDED)])
    reason = SelectField(
        _("Reason"),
        choices=offered([("", _("Choose one.")), *((r.value, words.REASONS[r]) for r in ForecastReason)]),
        validators=[InputRequired(_("Choose one."))],
    )
    explanation = PlainTextField(
        _("Explain it to residents"), least=LEAST_WORDS, most=2000, description=_("Everybody can read this.")
    )

    def command(self) -> ChangeForecast:
        """The answers as a command."""
        assert self.new_on.data is not None
        return ChangeForecast(
            new_on=self.new_on.data, reason=ForecastReason(self.reason.data), explanation=self.explanation.data or ""
        )

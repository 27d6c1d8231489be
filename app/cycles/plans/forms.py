"""What a clerk fills in about the way to the ballot."""

from datetime import date, datetime, timedelta

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField
from wtforms.validators import Optional

from app.core.forms import Form
from app.core.moments import day_in
from app.cycles.plans.services import PlanBallot
from app.cycles.rules import CycleFacts


class PlanForm(Form):
    """What is asked before the ballot is fixed."""

    asks_short_texts = BooleanField(
        _("Every option has a short text that its author has approved"),
        description=_("At most 60 words. It stands word for word on the ballot and later on the project."),
    )
    texts_last = DateField(
        _("Authors answer about their short text until"),
        validators=[Optional()],
        description=_("After this day a clerk may settle the text of a silent author, with a public reason."),
    )
    asks_task_forces = BooleanField(
        _("Every option names the task force that would take it on"),
        description=_("So that everybody knows before the vote who will answer for it."),
    )
    prices_first = DateField(_("Prices phase: first day"), validators=[Optional()])
    prices_last = DateField(
        _("Prices phase: last day"),
        validators=[Optional()],
        description=_(
            "Residents can object to a price on these days. Leave both empty for a cycle without this phase."
        ),
    )
    asks_confirmation = BooleanField(
        _("The council confirms the list of options"),
        description=_("The ballot cannot be fixed before its decision is on record."),
    )

    def fill(self, cycle: CycleFacts) -> None:
        """Start from what is."""
        plan, zone = cycle.plan, cycle.time_zone
        if plan is None:
            return
        self.asks_short_texts.data, self.asks_task_forces.data = plan.asks_short_texts, plan.asks_task_forces
        self.asks_confirmation.data = plan.asks_confirmation
        self.texts_last.data = _last(plan.texts_until, zone)
        self.prices_first.data = day_in(zone, plan.prices_from) if plan.prices_from else None
        self.prices_last.data = _last(plan.prices_until, zone)

    def command(self) -> PlanBallot:
        """The answers as a command."""
        return PlanBallot(
            asks_short_texts=bool(self.asks_short_texts.data),
            asks_task_forces=bool(self.asks_task_forces.data),
            asks_confirmation=bool(self.asks_confirmation.data),
            texts_last=self.texts_last.data,
            prices_first=self.prices_first.data,
            prices_last=self.prices_last.data,
        )


def _last(until: datetime | None, zone: str) -> date | None:
    return day_in(zone, until - timedelta(seconds=1)) if until else None

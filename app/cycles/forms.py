"""What clerks fill in about a cycle."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, IntegerField, RadioField
from wtforms.validators import InputRequired, NumberRange, Optional

from app.core.forms import AtLeast, Form, LineField, MoneyField, PlainTextField, offered
from app.cycles.rules import CountRule, CycleFacts, LeftoverRule, PhaseKind, PublicationLevel
from app.cycles.services import CreateCycle, EditCycle, PlannedPhase
from app.cycles.words import LEFTOVERS, LEVELS, RULES, days_of

NEEDED = _("This is needed. Please fill it in.")


class DayField(DateField):
    """A day from the browser's own calendar."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label, validators=[InputRequired(_("Enter a day, for example 2026-03-02."))], **more)


class SummaryAndLateDates(Form):
    """What may still be edited once the ballot is fixed."""

    summary = PlainTextField(_("Introduction"), most=2000, least=0)
    counting_first = DayField(_("Counting and certifying: first day"))
    counting_last = DayField(_("Counting and certifying: last day"))
    delivering_first = DayField(_("Building: first day"))
    delivering_last = DayField(_("Building: last day"))

    def fill(self, cycle: CycleFacts) -> None:
        """Start from what is."""
        self.summary.data = cycle.summary
        for planned in planned_phases(cycle):
            if f"{planned.kind}_first" in self:
                self[f"{planned.kind}_first"].data = planned.first_on
                self[f"{planned.kind}_last"].data = planned.last_on

    def after_ballot(self, cycle: CycleFacts) -> EditCycle:
        """The answers as a command that leaves everything else as it is."""
        return EditCycle(
            name=cycle.name,
            summary=self.summary.data or "",
            year=cycle.year,
            pot_cents=cycle.pot_cents,
            contingency_cents=cycle.contingency_cents,
            count_rule=CountRule(cycle.count_rule),
            max_ranks=cycle.max_ranks,
            min_age=cycle.min_age,
            hides_supports=cycle.hides_supports,
            least_cost_cents=cycle.least_cost_cents,
            most_cost_cents=cycle.most_cost_cents,
            most_proposals=cycle.most_proposals,
            leftover_rule=cycle.leftover_rule,
            publication_level=cycle.publication_level,
            phases=tuple(self._answered(planned) for planned in planned_phases(cycle)),
        )

    def _answered(self, planned: PlannedPhase) -> PlannedPhase:
        if f"{planned.kind}_first" not in self:
            return planned
        return self.phase(planned.kind)

    def phase(self, kind: PhaseKind) -> PlannedPhase:
        """The days answered for one phase."""
        first: date = self[f"{kind}_first"].data
        last: date = self[f"{kind}_last"].data
        return PlannedPhase(kind=kind, first_on=first, last_on=last)


class CycleForm(SummaryAndLateDates):
    """Everything a clerk decides about a cycle before its ballot is fixed."""

    name = LineField(_("Name"), most=160, description=_("For example Safer streets 2026."))
    year = IntegerField(_("Year"), validators=[InputRequired(NEEDED), NumberRange(2000, 2100, _("A year like 2026."))])
    pot = MoneyField(_("The pot"), validators=[InputRequired(NEEDED), AtLeast(1, _("The pot must hold money."))])
    contingency = MoneyField(
        _("Contingency"),
        validators=[InputRequired(_("Enter 0 if nothing is held back."))],
        description=_("Held back for surprises; the vote decides about the rest."),
    )
    count_rule = RadioField(_("Counting rule"), choices=offered(RULES.items()), default=CountRule.SHARED_BUDGET)
    max_ranks = IntegerField(
        _("Projects one may rank"),
        validators=[InputRequired(NEEDED), NumberRange(1, 20, _("Between 1 and 20 ranks."))],
        default=5,
        description=_("Five is plenty for most neighborhoods."),
    )
    min_age = IntegerField(
        _("Youngest age to vote"),
        validators=[Optional(), NumberRange(1, 120, _("Between 1 and 120 years."))],
        description=_("Full years on the first day of voting. Every ballot counts alike. Leave it empty for any age."),
    )
    hides_supports = BooleanField(
        _("Do not show how many support a proposal"),
        description=_("Then the first supports do not decide for the rest. Residents support proposals all the same."),
    )
    least_cost = MoneyField(
        _("Least a proposal may cost"), description=_("By its author’s estimate. Leave it empty for no limit.")
    )
    most_cost = MoneyField(
        _("Most a proposal may cost"),
        description=_("By its author’s estimate. Left empty, it is what the pot pays."),
    )
    most_proposals = IntegerField(
        _("Proposals one person may send"),
        validators=[Optional(), NumberRange(1, 1000, _("Between 1 and 1,000 proposals."))],
        description=_("Withdrawn and joined ones are not counted. Leave it empty for no limit."),
    )
    leftover_rule = RadioField(_("Unspent money"), choices=offered(LEFTOVERS.items()), default=LeftoverRule.NEXT_CYCLE)
    publication_level = RadioField(
        _("What is published of the ballots"), choices=offered(LEVELS.items()), default=PublicationLevel.TOTALS
    )
    collecting_first = DayField(_("Collecting proposals: first day"))
    collecting_last = DayField(_("Collecting proposals: last day"))
    reviewing_first = DayField(_("Review and prices: first day"))
    reviewing_last = DayField(_("Review and prices: last day"))
    voting_first = DayField(_("Voting: first day"))
    voting_last = DayField(_("Voting: last day"))

    def fill(self, cycle: CycleFacts) -> None:
        """Start from what is."""
        super().fill(cycle)
        self.pot.data, self.contingency.data = cycle.pot_cents, cycle.contingency_cents
        self.least_cost.data, self.most_cost.data = cycle.least_cost_cents, cycle.most_cost_cents
        kept = "name year count_rule max_ranks min_age hides_supports most_proposals leftover_rule publication_level"
        for name in kept.split():
            self[name].data = getattr(cycle, name)

    def command(self) -> EditCycle:
        """The answers as a command."""
        return EditCycle(**self._answers())

    def create(self, neighborhood_id: int) -> CreateCycle:
        """The answers as a new cycle of a neighborhood."""
        return CreateCycle(neighborhood_id=neighborhood_id, **self._answers())

    def _answers(self) -> dict[str, Any]:
        return {
            "name": self.name.data,
            "summary": self.summary.data or "",
            "year": self.year.data,
            "pot_cents": self.pot.data,
            "contingency_cents": self.contingency.data,
            "count_rule": CountRule(self.count_rule.data),
            "max_ranks": self.max_ranks.data,
            "min_age": self.min_age.data,
            "hides_supports": self.hides_supports.data,
            "least_cost_cents": self.least_cost.data,
            "most_cost_cents": self.most_cost.data,
            "most_proposals": self.most_proposals.data,
            "leftover_rule": LeftoverRule(self.leftover_rule.data),
            "publication_level": PublicationLevel(self.publication_level.data),
            "phases": tuple(self.phase(kind) for kind in PhaseKind),
        }


def planned_phases(cycle: CycleFacts) -> list[PlannedPhase]:
    """The phases of a cycle by their first and last days, in its own time zone."""
    days = [(phase.kind, *days_of(phase, cycle.time_zone)) for phase in cycle.phases]
    return [PlannedPhase(kind=kind, first_on=first, last_on=last) for kind, first, last in days]

"""The form of a finding, and the filters of the officers' queue."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Form as PlainForm
from wtforms import HiddenField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from app.core.forms import Form, MoneyField, PlainTextField
from app.cycles.queries import CycleFacts
from app.places.queries import CategoryFacts
from app.proposals import words as proposal_words
from app.proposals.forms import CostLinesField, options, picked
from app.proposals.queries import ProposalDetail
from app.proposals.review import words
from app.proposals.review.queries import CostingFacts
from app.proposals.review.rules import REASONS_FOR, Decision, Reason, can_be_decided
from app.proposals.review.services import ReviewProposal
from app.proposals.rules import Stage

NEEDED = InputRequired(_("Please choose one."))
QUEUED = (Stage.SUBMITTED, Stage.NEEDS_CHANGES, Stage.FEASIBLE, Stage.NOT_FEASIBLE)


class ReviewForm(Form):
    """What an officer found. `seen` is the proposal's last edit as the officer read it."""

    seen = HiddenField(default="")
    decision = RadioField(_("What do you decide?"), validators=[NEEDED])
    reason = SelectField(_("Why?"), validators=[NEEDED])
    explanation = PlainTextField(_("Explain it in plain words"), least=20, most=2000)
    interest = PlainTextField(_("What have you to do with it yourself?"), least=0, most=500)
    lines = CostLinesField(_("What does it cost?"))
    running_cost = MoneyField(_("What does it cost each year after the first?"))
    note = PlainTextField(_("How was the price worked out?"), least=0, most=1000)
    impact_note = PlainTextField(_("What does it mean for the people who are watched?"), least=0, most=2000)

    def offer(self, stage: Stage) -> None:
        """The decisions open to a proposal in `stage`, and every reason."""
        possible = [decision for decision in Decision if can_be_decided(stage, decision)]
        self.decision.choices = [SelectChoice(decision.value, words.DECISIONS[decision]) for decision in possible]
        chosen = [SelectChoice(reason.value, words.REASONS[reason]) for reason in Reason]
        self.reason.choices = [SelectChoice("", gettext("Choose a reason")), *chosen]

    def show(self, proposal: ProposalDetail, price: CostingFacts | None) -> None:
        """Begin with the price that stands, where there is one."""
        self.impact_note.data = proposal.impact_note or ""
        if price is not None:
            self.lines.show(price.lines)
            self.running_cost.data, self.note.data = price.running_cost_cents, price.note

    def has_read(self, proposal: ProposalDetail) -> None:
        """Remember which words the officer has before them."""
        self.seen.data = proposal.edited_at.isoformat() if proposal.edited_at else ""

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field for itself; that the reason fits; then the cost lines together."""
        good = super().validate(extra_validators)
        fits = self._reason_fits()
        return not self.lines.complaints(needed=self.decision.data == Decision.FEASIBLE) and good and fits

    def command(self) -> ReviewProposal:
        """The answers as a command."""
        return ReviewProposal(
            decision=Decision(self.decision.data),
            reason=Reason(self.reason.data),
            explanation=self.explanation.data or "",
            interest=self.interest.data or "",
            lines=self.lines.lines,
            running_cost_cents=self.running_cost.data or 0,
            note=self.note.data or "",
            impact_note=self.impact_note.data or "",
            read_edited_at=_moment(self.seen.data),
            reading_checked=True,
        )

    def _reason_fits(self) -> bool:
        if self.decision.errors or self.reason.errors or not self.decision.data:
            return True
        fitting = REASONS_FOR[Decision(self.decision.data)]
        if self.reason.data in [reason.value for reason in fitting]:
            return True
        names = "; ".join(str(words.REASONS[reason]) for reason in fitting)
        self.reason.errors = [gettext("This reason does not fit the decision. These do: %(names)s.", names=names)]
        return False


class QueueFilterForm(PlainForm):
    """What narrows the officers' queue; anything unknown in the address is ignored."""

    stage = SelectField(
        _("Stage"), choices=[SelectChoice(stage.value, proposal_words.STAGES[stage]) for stage in QUEUED]
    )
    cycle = SelectField(_("Cycle"))
    category = SelectField(_("Kind of project"))

    def offer(self, cycles: Sequence[CycleFacts], categories: Sequence[CategoryFacts]) -> None:
        """The cycles and categories an officer works with."""
        self.cycle.choices = options(cycles, gettext("Every cycle"))
        self.category.choices = options(categories, gettext("Every kind"))

    def chosen(self) -> dict[str, Any]:
        """The filters as `queries.queue` takes them."""
        stage, cycle, category = (picked(f) for f in (self.stage, self.cycle, self.category))
        return {
            "stage": Stage(stage) if stage else Stage.SUBMITTED,
            "cycle_id": int(cycle) if cycle else None,
            "category_id": int(category) if category else None,
        }


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None

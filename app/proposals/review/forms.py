"""The form of a finding, and the filters of the officers' queue."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, FieldList, FormField, HiddenField, RadioField, SelectField
from wtforms import Form as PlainForm
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional

from app.core.clock import today
from app.core.forms import Form, LineField, MoneyField, PlainTextField
from app.cycles.queries import CycleFacts
from app.cycles.rules import moments_of
from app.places.queries import CategoryFacts
from app.proposals.forms import MOST_LINES, CostLineForm, CostLinesField, options, picked
from app.proposals.queries import ProposalDetail
from app.proposals.review import words
from app.proposals.review.checklists.words import question as question_words
from app.proposals.review.queries import CostingFacts
from app.proposals.review.rules import (
    CHANGE_DAYS,
    REASONS_FOR,
    ChecklistReply,
    Decision,
    Heap,
    Money,
    PricedLine,
    Reason,
    Reply,
    can_be_decided,
    pot_cents,
)
from app.proposals.review.services import ReviewProposal
from app.proposals.rules import CostLine, Stage

NEEDED = InputRequired(_("Please choose one."))


class PricedLineForm(CostLineForm):
    """One line of an officer's price."""

    source = LineField(_("Where does this amount come from?"), most=200, least=0)
    money = SelectField(
        _("What does it buy?"),
        choices=[SelectChoice(money.value, words.MONEY[money]) for money in Money],
        default=Money.CAPITAL.value,
    )
    payer = LineField(_("Who pays it, if not the pot?"), most=160, least=0)


class PricedLinesField(CostLinesField):
    """The lines of an officer's price; `priced` are those filled in."""

    def __init__(self, label: Any, **more: Any) -> None:
        FieldList.__init__(self, FormField(PricedLineForm), label, min_entries=3, max_entries=MOST_LINES, **more)

    @property
    def priced(self) -> tuple[PricedLine, ...]:
        """The lines that say both what for and how much."""
        return tuple(
            PricedLine(
                label=row.what.data or "",
                amount_cents=row.amount.data,
                source=row.source.data or "",
                money=Money(row.money.data),
                payer=row.payer.data or "",
            )
            for row in cast(list[PricedLineForm], self.rows)
            if row.what.data and row.amount.data is not None
        )

    @property
    def total_cents(self) -> int:
        """What the pot pays of the lines so far."""
        return pot_cents(self.priced)

    def show(self, lines: Sequence[CostLine]) -> None:
        """Fill in lines already known, with room for one more."""
        super().show(lines)
        for row, line in zip(cast(list[PricedLineForm], self.rows), lines, strict=False):
            if isinstance(line, PricedLine):
                row.source.data, row.money.data, row.payer.data = line.source, line.money.value, line.payer

    def complaints(self, *, needed: bool) -> bool:
        """The same, and at each amount that nobody can trace."""
        found = super().complaints(needed=needed)
        for row in cast(list[PricedLineForm], self.rows):
            if row.what.data and row.amount.data is not None and not row.source.data:
                row.source.errors = [gettext("For example an offer, a price list, or a job like it.")]
                found = True
        if found:
            self.errors = [entry.errors for entry in self.entries]
        return found


class QuestionForm(PlainForm):
    """One question of the checklist; it is answered with a sentence, or not at all."""

    question = HiddenField()
    reply = RadioField(
        _("Answer"),
        choices=[SelectChoice(reply.value, words.REPLIES[reply]) for reply in Reply],
        validate_choice=False,
    )
    sentence = LineField(_("In a sentence"), most=400, least=0)

    @property
    def words(self) -> str:
        """The question as people read it."""
        return question_words(self.question.data or "")


class ChecklistField(FieldList):
    """The checklist; `given` are the answers."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(FormField(QuestionForm), label, **more)

    @property
    def rows(self) -> list[QuestionForm]:
        """The questions as they stand in the form."""
        return [cast(QuestionForm, entry.form) for entry in self.entries]

    @property
    def given(self) -> tuple[ChecklistReply, ...]:
        """Every question with an answer and a sentence."""
        whole = [row for row in self.rows if row.reply.data in list(Reply) and row.sentence.data]
        return tuple(
            ChecklistReply(
                question=row.question.data or "", reply=Reply(row.reply.data), sentence=row.sentence.data or ""
            )
            for row in whole
        )

    def ask(self, questions: Sequence[str], known: Sequence[ChecklistReply] = ()) -> None:
        """Put exactly these questions; what was answered to one of them stays, in this form or before."""
        answered = {each.question: (each.reply.value, each.sentence) for each in known}
        for row in self.rows:
            answered[row.question.data or ""] = (row.reply.data, row.sentence.data)
        while self.entries:
            self.pop_entry()
        for question in questions:
            reply, sentence = answered.get(question, (None, ""))
            self.append_entry({"question": question, "reply": reply, "sentence": sentence})

    def complaints(self, *, needed: bool) -> bool:
        """Put a message at each half-answered question (and at each empty one where they are `needed`)."""
        found = False
        for row in self.rows:
            is_answered = row.reply.data in list(Reply)
            if not is_answered and (needed or row.sentence.data):
                row.reply.errors = [gettext("Please choose an answer: %(question)s", question=row.words)]
            if not row.sentence.data and (needed or is_answered):
                row.sentence.errors = [gettext("Please say in a sentence why: %(question)s", question=row.words)]
            found = found or bool(row.reply.errors or row.sentence.errors)
        if found:
            self.errors = [entry.errors for entry in self.entries]
        return found


class ReviewForm(Form):
    """What an officer found. `seen` is the proposal's last edit as the officer read it."""

    seen = HiddenField(default="")
    decision = RadioField(_("What do you decide?"), validators=[NEEDED])
    reason = SelectField(_("Why?"), validators=[NEEDED])
    explanation = PlainTextField(_("Explain it in plain words"), least=20, most=2000)
    answer_until = DateField(_("Last day to answer"), validators=[Optional()])
    no_interest = BooleanField(
        _("I have nothing to do with this proposal beyond my office."),
        validators=[InputRequired(_("If this is not so, declare your interest and leave it to another officer."))],
    )
    answers = ChecklistField(_("The checklist"))
    lines = PricedLinesField(_("What does it cost?"))
    running_cost = MoneyField(_("What does it cost each year after the first?"))
    running_payer = LineField(_("Who pays that?"), least=0, most=160)
    note = PlainTextField(_("How was the price worked out?"), least=0, most=1000)
    impact_note = PlainTextField(_("What does it mean for the people who are watched?"), least=0, most=2000)

    def offer(self, stage: Stage, questions: Sequence[str], known: Sequence[ChecklistReply] = ()) -> None:
        """The decisions open to a proposal in `stage`, every reason, and the questions to answer."""
        possible = [decision for decision in Decision if can_be_decided(stage, decision)]
        self.decision.choices = [SelectChoice(decision.value, words.DECISIONS[decision]) for decision in possible]
        chosen = [SelectChoice(reason.value, words.REASONS[reason]) for reason in Reason]
        self.reason.choices = [SelectChoice("", gettext("Choose a reason")), *chosen]
        self.answers.ask(questions, known)

    def show(self, proposal: ProposalDetail, price: CostingFacts | None) -> None:
        """Begin with the price that stands, where there is one."""
        self.impact_note.data = proposal.impact_note or ""
        self.answer_until.data = today(proposal.time_zone) + timedelta(days=CHANGE_DAYS)
        if price is not None:
            self.lines.show(price.lines)
            self.running_cost.data, self.note.data = price.running_cost_cents or None, price.note
            self.running_payer.data = price.running_payer or ""

    def resume(self, command: ReviewProposal) -> None:
        """Begin with a finding that was sent back or taken back."""
        self.decision.data, self.reason.data = command.decision.value, command.reason.value
        self.explanation.data = command.explanation
        self.impact_note.data, self.note.data = command.impact_note, command.note
        self.lines.show(command.lines)
        self.running_cost.data, self.running_payer.data = command.running_cost_cents or None, command.running_payer

    def has_read(self, proposal: ProposalDetail) -> None:
        """Remember which words the officer has before them."""
        self.seen.data = proposal.edited_at.isoformat() if proposal.edited_at else ""

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field for itself; that the reason fits; then the cost lines and the answers together."""
        good = super().validate(extra_validators)
        feasible = self.decision.data == Decision.FEASIBLE
        wrong = [
            not self._reason_fits(),
            self.lines.complaints(needed=feasible),
            self.answers.complaints(needed=feasible),
        ]
        return good and not any(wrong)

    def command(self, zone: str) -> ReviewProposal:
        """The answers as a command; the day to answer by ends at midnight in the time zone `zone`."""
        return ReviewProposal(
            decision=Decision(self.decision.data),
            reason=Reason(self.reason.data),
            explanation=self.explanation.data or "",
            lines=self.lines.priced,
            running_cost_cents=self.running_cost.data or 0,
            running_payer=self.running_payer.data or "",
            note=self.note.data or "",
            impact_note=self.impact_note.data or "",
            answers=self.answers.given,
            answer_until=_end_of(self.answer_until.data, zone),
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

    heap = SelectField(_("Show"), choices=[SelectChoice(heap.value, words.HEAPS[heap]) for heap in Heap])
    cycle = SelectField(_("Cycle"))
    category = SelectField(_("Kind of project"))

    def offer(self, cycles: Sequence[CycleFacts], categories: Sequence[CategoryFacts]) -> None:
        """The cycles and categories an officer works with."""
        self.cycle.choices = options(cycles, gettext("Every cycle"))
        self.category.choices = options(categories, gettext("Every kind"))

    def chosen(self) -> dict[str, Any]:
        """The filters as `queries.queue` takes them."""
        heap, cycle, category = (picked(f) for f in (self.heap, self.cycle, self.category))
        return {
            "heap": Heap(heap) if heap else Heap.WAITING,
            "cycle_id": int(cycle) if cycle else None,
            "category_id": int(category) if category else None,
        }


def _end_of(day: date | None, zone: str) -> datetime | None:
    return moments_of(day, day, ZoneInfo(zone))[1] if day else None


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None

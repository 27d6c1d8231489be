"""The forms of proposals: writing one, and narrowing a list; with the words for stages and orders."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import FieldList, FormField, RadioField, SearchField, SelectField
from wtforms import Form as PlainForm
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from app.core.forms import Form, LineField, MoneyField, PlainTextField
from app.places.queries import AreaFacts, CategoryFacts
from app.proposals import words
from app.proposals.queries import ProposalDetail
from app.proposals.rules import LEAST, CostLine, Sort, Stage, total_cents
from app.proposals.services import WriteProposal

MOST_LINES = 12
LONGEST = 3000


class Named(Protocol):
    """Something to choose from a list."""

    @property
    def id(self) -> int:
        """What the form sends."""

    @property
    def name(self) -> str:
        """What people read."""


def options(things: Sequence[Named], none: str | None = None) -> list[SelectChoice]:
    """`things` to choose from, after the words for choosing none where that is possible."""
    first = [] if none is None else [SelectChoice("", none)]
    return first + [SelectChoice(str(each.id), each.name) for each in things]


def picked(field: SelectField) -> str:
    """What was chosen, or nothing where the address asks for something that is not offered."""
    offered = {choice.value for choice in field.iter_choices()}
    return str(field.data) if field.data in offered else ""


class CostLineForm(PlainForm):
    """One line of an estimate or a costing; an empty one counts for nothing."""

    what = LineField(_("What for"), most=160, least=0)
    amount = MoneyField(_("Amount"))


class CostLinesField(FieldList):
    """Several cost lines; `lines` are those filled in."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(FormField(CostLineForm), label, min_entries=3, max_entries=MOST_LINES, **more)

    @property
    def rows(self) -> list[CostLineForm]:
        """The lines as they stand in the form."""
        return [cast(CostLineForm, entry.form) for entry in self.entries]

    @property
    def lines(self) -> tuple[CostLine, ...]:
        """The lines that say both what for and how much."""
        typed = [(row.what.data, row.amount.data) for row in self.rows]
        return tuple(CostLine(label=what, amount_cents=cents) for what, cents in typed if what and cents is not None)

    @property
    def total_cents(self) -> int:
        """What the lines come to so far."""
        return total_cents(self.lines)

    @property
    def has_room(self) -> bool:
        """Whether another line may be added."""
        return len(self.entries) < MOST_LINES

    def add_row(self) -> None:
        """One more empty line, while there is room."""
        if self.has_room:
            self.append_entry()

    def has_gap(self) -> bool:
        """Whether one more thing may be put into it."""
        return self.has_room or any(_is_empty(row) for row in self.rows)

    def take_in(self, line: CostLine) -> None:
        """Put a line into the first empty row, or a new one while there is room."""
        if not any(_is_empty(row) for row in self.rows):
            self.add_row()
        row = next((row for row in self.rows if _is_empty(row)), None)
        if row is not None:
            row.what.data, row.amount.data, row.amount.raw_data = line.label, line.amount_cents, []

    def show(self, lines: Sequence[CostLine]) -> None:
        """Fill in lines already known, with room for one more."""
        while self.entries:
            self.pop_entry()
        for line in lines:
            self.append_entry({"what": line.label, "amount": line.amount_cents})
        while len(self.entries) < max(3, min(len(lines) + 1, MOST_LINES)):
            self.append_entry()

    def complaints(self, *, needed: bool) -> bool:
        """Put a message at each half-filled line (and at the first where one is `needed`); whether there are any."""
        found = False
        for row in self.rows:
            if row.what.data and row.amount.data is None and not row.amount.errors:
                row.amount.errors = [gettext("How much would this cost? Please enter an amount.")]
            elif row.amount.data is not None and not row.what.data:
                row.what.errors = [gettext("What is this amount for?")]
            found = found or bool(row.what.errors or row.amount.errors)
        if needed and not found and not self.lines:
            self.rows[0].what.errors = [gettext("Please enter at least one line with its amount.")]
            found = True
        if found:
            self.errors = [entry.errors for entry in self.entries]
        return found


def _is_empty(row: CostLineForm) -> bool:
    return not (row.what.data or row.amount.data is not None or any(row.amount.raw_data or ()))


class PlaceFields(PlainForm):
    """Where it is: in words, and in which part of the neighborhood. Its questions are in proposals/_place.html."""

    place = LineField(_("Where?"), least=LEAST["place"], most=200)
    area_id = SelectField(_("Which part of the neighborhood?"))

    def offer_places(self, areas: Sequence[Named]) -> None:
        """The areas of the neighborhood to choose from."""
        self.area_id.choices = options(areas, gettext("The whole neighborhood, or I am not sure"))


class ProposalForm(PlaceFields, Form):
    """What a proposer has written, as a whole."""

    title = LineField(_("Title"), least=LEAST["title"], most=120)
    summary = PlainTextField(_("What should happen?"), least=LEAST["summary"], most=LONGEST)
    need = PlainTextField(_("Why is it needed?"), least=LEAST["need"], most=LONGEST)
    gains = PlainTextField(_("Who gains?"), least=0, most=LONGEST)
    helpers = PlainTextField(_("Who would help deliver it?"), least=0, most=LONGEST)
    category_id = RadioField(_("What kind of project is it?"), validators=[InputRequired(_("Please choose one."))])
    priority_id = SelectField(_("Which priority of this year does it serve?"), default="")
    watches_people = RadioField(
        _("Would it add cameras, sensors, or sharing of data about people?"),
        choices=[SelectChoice("no", _("No")), SelectChoice("yes", _("Yes"))],
        validators=[InputRequired(_("Please answer this question."))],
    )
    estimate = CostLinesField(_("What might it cost?"))

    def offer(
        self, areas: Sequence[AreaFacts], categories: Sequence[CategoryFacts], priorities: Sequence[Named] = ()
    ) -> None:
        """The areas and categories of the neighborhood and the priorities of the cycle to choose from."""
        self.offer_places(areas)
        self.priority_id.choices = options(priorities, gettext("None of them, or I am not sure"))
        self.category_id.choices = options(categories)

    def show(self, proposal: ProposalDetail) -> None:
        """Fill in a proposal that exists."""
        self.title.data, self.summary.data, self.need.data = proposal.title, proposal.summary, proposal.need
        self.place.data, self.area_id.data = proposal.place, str(proposal.area_id or "")
        self.gains.data, self.helpers.data = proposal.gains, proposal.helpers
        self.category_id.data = str(proposal.category_id or "")
        self.priority_id.data = str(proposal.priority_id or "")
        self.watches_people.data = "yes" if proposal.watches_people else "no"
        self.estimate.show(proposal.estimate)

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field for itself, then the cost lines together."""
        good = super().validate(extra_validators)
        return not self.estimate.complaints(needed=True) and good

    def command(self) -> WriteProposal:
        """The answers as a command."""
        return WriteProposal(
            title=self.title.data or "",
            summary=self.summary.data or "",
            need=self.need.data or "",
            place=self.place.data or "",
            category_id=int(self.category_id.data),
            area_id=int(self.area_id.data) if self.area_id.data else None,
            estimate=self.estimate.lines,
            watches_people=self.watches_people.data == "yes",
            gains=self.gains.data or "",
            helpers=self.helpers.data or "",
            priority_id=int(self.priority_id.data) if self.priority_id.data else None,
        )


class FilterForm(PlainForm):
    """What narrows a list of proposals; anything unknown in the address is ignored."""

    q = SearchField(_("Search for words or a number"))
    category = SelectField(_("Kind of project"))
    area = SelectField(_("Area"))
    priority = SelectField(_("Priority"))
    stage = SelectField(_("Stage"))
    sort = SelectField(_("Order"))

    @property
    def searched(self) -> str:
        """What somebody looks for, or nothing."""
        return (self.q.data or "").replace("\0", "").strip()[:100]

    def offer(
        self,
        areas: Sequence[AreaFacts],
        categories: Sequence[CategoryFacts],
        counts: Mapping[Stage, int],
        priorities: Sequence[Named] = (),
        shows_supports: bool = True,
    ) -> None:
        """What there is to choose from in this cycle, with how many stand in each stage."""
        self.category.choices = options(categories, gettext("Every kind"))
        self.area.choices = options(areas, gettext("Every area"))
        self.priority.choices = options(priorities, gettext("Any or none"))
        here = [(stage, label) for stage, label in words.STAGES.items() if stage in counts]
        shown = [SelectChoice(stage.value, f"{label} ({counts[stage]})") for stage, label in here]
        self.stage.choices = [SelectChoice("", gettext("All but withdrawn and joined")), *shown]
        missing = {Sort.BEST: not self.searched, Sort.SUPPORTED: not shows_supports}
        orders = [sort for sort in words.SORTS if not missing.get(sort)]
        self.sort.choices = [SelectChoice(sort.value, words.SORTS[sort]) for sort in orders]
        self.sort.data = picked(self.sort) or orders[0].value

    def chosen(self) -> dict[str, Any]:
        """The filters as `queries.cards` takes them."""
        stage = picked(self.stage)
        category, area, priority = picked(self.category), picked(self.area), picked(self.priority)
        return {
            "search": self.searched,
            "category_id": int(category) if category else None,
            "area_id": int(area) if area else None,
            "priority_id": int(priority) if priority else None,
            "stage": Stage(stage) if stage else None,
            "sort": Sort(self.sort.data),
        }

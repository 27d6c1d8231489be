"""The form of each step: strict when its writer goes on, content with any beginning when it is only saved."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from app.core.forms import Form, LineField, PlainTextField
from app.core.money import written
from app.places.queries import AreaFacts
from app.proposals.forms import LONGEST, CostLinesField, Named, PlaceFields, options
from app.proposals.help_prices.queries import PriceFacts
from app.proposals.limits.words import why_not_this_much
from app.proposals.rules import LEAST, CostLine
from app.proposals.spots.rules import has_map
from app.proposals.writing.queries import Draft
from app.proposals.writing.rules import PARTS, Standing, Step, standing
from app.proposals.writing.services import KeepParts


class StepForm(Form):
    """A step: its parts, and in `read` the mark of each part as its writer had it before them."""

    step: ClassVar[Step]
    theirs: Sequence[tuple[str, str]] = ()
    """After a clash: what others have saved, under the name of each question."""
    on_map: bool = False
    """Whether what it asks can be said on a map as well."""
    saves_anyway: ClassVar[bool] = False
    """Whether what is good in it is saved in the background though something in it is wrong."""
    read = HiddenField(default="")

    def offer(self, areas: Sequence[AreaFacts], categories: Sequence[Named], priorities: Sequence[Named]) -> None:
        """What there is to choose from."""

    def show(self, draft: Draft) -> None:
        """Fill in what is saved."""
        for part in PARTS[self.step]:
            self.put(part, getattr(draft.written, part))
        self.has_read(draft)

    def put(self, part: str, value: Any) -> None:
        """Fill in one part."""
        self[part].data = value

    def has_read(self, draft: Draft) -> None:
        """Remember what is saved as what its writer has before them."""
        self._remember(draft.marks(self.step))

    def was_saved(self, draft: Draft) -> None:
        """After saving in the background: what is saved as typed is read; what others changed is not in sight here."""
        typed, old = self.typed(), self.command().read
        new = {
            part: mark for part, mark in draft.marks(self.step).items() if typed[part] == getattr(draft.written, part)
        }
        self._remember({**old, **new})

    def _remember(self, marks: Mapping[str, str]) -> None:
        self.read.data = " ".join(f"{part}:{mark}" for part, mark in marks.items())

    def only_save(self) -> None:
        """Take any beginning: nothing is needed, nothing too short. What is too long stays wrong."""
        for field in self:
            field.validators = [v for v in field.validators if not _demands(v)]
            if isinstance(field, RadioField) and not field.data:
                field.validate_choice = False

    def typed(self) -> dict[str, Any]:
        """What was typed, by part, as a proposal holds it."""
        return {part: self[part].data or "" for part in PARTS[self.step]}

    def command(self) -> KeepParts:
        """The answers as a command."""
        marks = dict(pair.split(":", 1) for pair in (self.read.data or "").split()[:20] if ":" in pair)
        return KeepParts(parts=self.typed(), read=marks)

    def asks_for_more(self) -> bool:
        """Whether a button asked for something else than to save."""
        return False

    def stands(self, draft: Draft) -> bool:
        """Whether the cycle of the draft allows what was typed; what it does not is said at its field."""
        return True

    def take_up(self, draft: Draft) -> None:
        """After a clash: take in what only others changed, and show at the other parts what they have saved."""
        self.read.errors = []
        both = gettext("This was changed in another window too. Please read both, then save what should stand.")
        marks, typed = self.command().read, self.typed()
        for part in PARTS[self.step]:
            saved = getattr(draft.written, part)
            how = standing(read=marks.get(part, ""), saved=saved, typed=typed[part])
            if how is Standing.THEIRS:
                self.put(part, saved)
            elif how is Standing.BOTH_CHANGED:
                self[part].errors = [*self[part].errors, both]
                self.theirs = [*self.theirs, (str(self[part].label.text), self.said(part, draft))]
        self.has_read(draft)

    def said(self, part: str, draft: Draft) -> str:
        """A saved part in words."""
        value = getattr(draft.written, part)
        choices = {choice.value: str(choice.label) for choice in getattr(self[part], "choices", None) or ()}
        return choices.get(str(value if value is not None else ""), "") if choices else str(value)


def _demands(validator: Any) -> bool:
    return isinstance(validator, InputRequired) or (isinstance(validator, Length) and validator.min > 0)


class NeedForm(StepForm):
    """Why anything should happen, and which of the cycle's priorities it serves."""

    step = Step.NEED
    need = PlainTextField(_("Why is it needed?"), least=LEAST["need"], most=LONGEST)
    priority_id = SelectField(_("Which priority of this year does it serve?"), default="")

    def offer(self, areas: Sequence[AreaFacts], categories: Sequence[Named], priorities: Sequence[Named]) -> None:
        """The priorities of the cycle."""
        self.priority_id.choices = options(priorities, gettext("None of them, or I am not sure"))

    def put(self, part: str, value: Any) -> None:
        """Fill in one part, as its field holds it."""
        self[part].data = str(value or "") if part == "priority_id" else value

    def typed(self) -> dict[str, Any]:
        """What was typed, by part, as a proposal holds it."""
        return super().typed() | {"priority_id": int(self.priority_id.data) if self.priority_id.data else None}


class IdeaForm(StepForm):
    """What should happen, and of what kind it is."""

    step = Step.IDEA
    title = LineField(_("Title"), least=LEAST["title"], most=120)
    summary = PlainTextField(_("What should happen?"), least=LEAST["summary"], most=LONGEST)
    category_id = RadioField(_("What kind of project is it?"), validators=[InputRequired(_("Please choose one."))])
    watches_people = RadioField(
        _("Would it add cameras, sensors, or sharing of data about people?"),
        choices=[SelectChoice("no", _("No")), SelectChoice("yes", _("Yes"))],
        validators=[InputRequired(_("Please answer this question."))],
    )

    def offer(self, areas: Sequence[AreaFacts], categories: Sequence[Named], priorities: Sequence[Named]) -> None:
        """The kinds of project of the neighborhood."""
        self.category_id.choices = options(categories)

    def put(self, part: str, value: Any) -> None:
        """Fill in one part, as its field holds it."""
        if part == "watches_people":
            value = None if value is None else "yes" if value else "no"
        self[part].data = str(value) if part == "category_id" and value is not None else value

    def said(self, part: str, draft: Draft) -> str:
        """A saved part in words."""
        if part != "watches_people":
            return super().said(part, draft)
        return str(gettext("Yes") if draft.written.watches_people else gettext("No"))

    def typed(self) -> dict[str, Any]:
        """What was typed, by part, as a proposal holds it."""
        kind, watches = self.category_id.data, self.watches_people.data
        chosen = {"category_id": int(kind) if kind else None, "watches_people": watches == "yes" if watches else None}
        return super().typed() | chosen


class PlaceForm(PlaceFields, StepForm):
    """Where it is."""

    step = Step.PLACE

    def offer(self, areas: Sequence[AreaFacts], categories: Sequence[Named], priorities: Sequence[Named]) -> None:
        """The areas of the neighborhood, and its map where they are drawn."""
        self.offer_places(areas)
        self.on_map = has_map(areas)

    def put(self, part: str, value: Any) -> None:
        """Fill in one part, as its field holds it."""
        self[part].data = str(value or "") if part == "area_id" else value

    def typed(self) -> dict[str, Any]:
        """What was typed, by part, as a proposal holds it."""
        return super().typed() | {"area_id": int(self.area_id.data) if self.area_id.data else None}


class GainsForm(StepForm):
    """Who gains by it."""

    step = Step.GAINS
    gains = PlainTextField(_("Who gains?"), least=LEAST["gains"], most=LONGEST)


class CostsForm(StepForm):
    """What it might cost, in lines."""

    step = Step.COSTS
    estimate = CostLinesField(_("What might it cost?"))
    prices: Sequence[PriceFacts] = ()
    saves_anyway = True
    _only_saves = False

    def put(self, part: str, value: Any) -> None:
        """Show the lines that are saved."""
        self.estimate.show(value)

    def only_save(self) -> None:
        """Whole lines are saved; one that lacks its amount is still asked about."""
        self._only_saves = True

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field for itself, then the lines together."""
        good = bool(super().validate(extra_validators))
        return not self.estimate.complaints(needed=not self._only_saves) and good

    def asks_for_more(self) -> bool:
        """Whether another line or a help price was asked for, which is then put in."""
        picked = [price for price in self.prices if str(price.id) == request.form.get("pick")]
        for price in picked:
            self.estimate.take_in(CostLine(label=price.label, amount_cents=price.amount_cents))
        if "add_line" in request.form:
            self.estimate.add_row()
        return "add_line" in request.form or "pick" in request.form

    def said(self, part: str, draft: Draft) -> str:
        """The saved lines in words."""
        lines = draft.written.estimate
        return "\n".join(f"{line.label}: {written(line.amount_cents, draft.cycle.currency)}" for line in lines)

    def typed(self) -> dict[str, Any]:
        """The lines that are whole."""
        return {"estimate": self.estimate.lines}

    def stands(self, draft: Draft) -> bool:
        """Whether the saved sum is within the limits of the cycle."""
        if draft.why_not_this_much is None:
            return True
        message = why_not_this_much(draft.why_not_this_much, draft.cycle)
        self.estimate.errors = [*self.estimate.errors, message]
        return False


class HelpForm(StepForm):
    """Who would help deliver it; all of it may stay empty."""

    step = Step.HELP
    helpers = PlainTextField(_("Who would help deliver it?"), least=0, most=LONGEST)


FORMS: Mapping[Step, type[StepForm]] = {
    form.step: form for form in (NeedForm, IdeaForm, PlaceForm, GainsForm, CostsForm, HelpForm)
}

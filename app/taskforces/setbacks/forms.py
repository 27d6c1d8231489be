"""The forms of setbacks: tell, report, acknowledge, find the cause, measure the effect; and narrowing the register."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, IntegerField, RadioField, SearchField, SelectField, SelectMultipleField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import Form, LineField, MoneyField, PlainTextField, offered
from app.taskforces.setbacks import words
from app.taskforces.setbacks.effects.services import CheckEffect
from app.taskforces.setbacks.queries import RegisterFilter, SetbackRow
from app.taskforces.setbacks.rules import LEAST_WORDS, RootCause, SetbackStage, Severity, Source
from app.taskforces.setbacks.services import Acknowledge, Analyse, ReportSetback

NEEDED = _("This is needed. Please fill it in.")
CHOOSE = _("Choose one.")
BAD_NUMBER = _("A whole number, or nothing.")


def _severity() -> Any:
    choices = offered((each.value, words.SEVERITIES[each]) for each in Severity)
    return RadioField(_("How bad is it?"), choices=choices, validators=[InputRequired(CHOOSE)])


def _number(label: Any) -> Any:
    return IntegerField(label, validators=[Optional(), NumberRange(0, 1_000_000, BAD_NUMBER)])


class TellForm(Form):
    """What anybody tells the task force."""

    told = PlainTextField(
        _("What went wrong?"),
        least=20,
        most=3000,
        description=_("Where, since when, and how anybody can see it. Only both co-chairs and oversight read this."),
    )


TOLD = tuple(source for source in Source if source is not Source.PAUSE)
"""What somebody can say; a pause opens its setback itself."""


class ReportForm(Form):
    """What went wrong, for everybody to read."""

    title = LineField(_("What went wrong, in one line"), most=160)
    description = PlainTextField(_("What happened?"), least=20, most=2000)
    effect = PlainTextField(_("What does it change for residents?"), least=10, most=2000)
    severity = _severity()
    source = SelectField(_("How did it come to light?"), choices=offered((s.value, words.SOURCES[s]) for s in TOLD))
    found_on = DateField(_("Noticed on"), validators=[InputRequired(NEEDED)])

    def command(self) -> ReportSetback:
        """The answers as a command."""
        assert self.found_on.data is not None
        return ReportSetback(
            title=self.title.data or "",
            description=self.description.data or "",
            effect=self.effect.data or "",
            severity=Severity(self.severity.data),
            source=Source(self.source.data),
            found_on=self.found_on.data,
        )


class AcknowledgeForm(Form):
    """The words of the task force."""

    title = LineField(_("What went wrong, in one line"), most=160)
    description = PlainTextField(
        _("What happened?"), least=20, most=2000, description=_("In your own words, and without naming a person.")
    )
    effect = PlainTextField(_("What does it change for residents?"), least=10, most=2000)
    severity = _severity()

    def command(self) -> Acknowledge:
        """The answers as a command."""
        return Acknowledge(
            title=self.title.data or "",
            description=self.description.data or "",
            effect=self.effect.data or "",
            severity=Severity(self.severity.data),
        )


class AnalyseForm(Form):
    """What caused it."""

    cause = PlainTextField(_("What caused it?"), least=LEAST_WORDS, most=2000)
    evidence = PlainTextField(
        _("How do we know?"), least=LEAST_WORDS, most=2000, description=_("A letter, a photo, a date, a measurement.")
    )
    root_causes = SelectMultipleField(
        _("What kind of cause is it?"),
        choices=offered((each.value, words.ROOT_CAUSES[each]) for each in RootCause),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    days = _number(_("Days lost, if known"))
    cents = MoneyField(_("Money lost, if known"))
    people = _number(_("People who feel it, if known"))

    def command(self) -> Analyse:
        """The answers as a command."""
        return Analyse(
            cause=self.cause.data or "",
            evidence=self.evidence.data or "",
            root_causes=[RootCause(each) for each in self.root_causes.data or ()],
            days=self.days.data,
            cents=self.cents.data,
            people=self.people.data,
        )


class CheckForm(Form):
    """What was measured."""

    measured = PlainTextField(
        _("What was measured, when and by whom?"), least=LEAST_WORDS, most=2000, description=_("Everybody reads it.")
    )
    helped = RadioField(
        _("Did the plan help?"),
        choices=offered([("yes", _("Yes: what went wrong is put right")), ("no", _("No: a new plan is needed"))]),
        validators=[InputRequired(CHOOSE)],
    )

    def command(self) -> CheckEffect:
        """The answers as a command."""
        return CheckEffect(measured=self.measured.data or "", helped=self.helped.data == "yes")


class RegisterForm(PlainForm):
    """What a visitor looks for in the register."""

    words = SearchField(_("Words"))
    state = SelectField(_("How it stands"))
    source = SelectField(_("How it came to light"))
    severity = SelectField(_("How bad it is"))
    task_force = SelectField(_("Task force"))
    neighborhood = SelectField(_("Neighborhood"))

    def offer(self, rows: Iterable[SetbackRow]) -> None:
        """Only choices that lead to something."""
        rows = list(rows)
        any_of = ("", gettext("Any"))
        states = {"open": _("Open"), "overdue": _("Overdue"), "resolved": _("Resolved")}
        states["accepted"] = words.STAGES[SetbackStage.ACCEPTED]
        self.state.choices = offered([any_of, *((key, str(word)) for key, word in states.items())])
        self.source.choices = offered([any_of, *((s.value, str(words.SOURCES[s])) for s in Source)])
        self.severity.choices = offered([any_of, *((s.value, str(words.SEVERITIES[s])) for s in Severity)])
        bodies = {(r.task_force_slug, r.task_force) for r in rows if r.task_force_slug and r.task_force}
        self.task_force.choices = offered([any_of, *sorted(bodies, key=lambda pair: pair[1])])
        self.neighborhood.choices = offered([any_of, *sorted({(r.neighborhood_slug, r.neighborhood) for r in rows})])

    def wanted(self) -> RegisterFilter:
        """The answers as a filter."""
        return RegisterFilter(**{name: (field.data or "").strip() for name, field in self._fields.items()})

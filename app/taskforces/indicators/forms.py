"""The forms of indicators: a definition card, and what an indicator was in a period."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, Field, HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, NumberRange, Optional, Regexp, ValidationError

from app.core import files
from app.core.forms import Form, LineField, PlainTextField, offered
from app.cycles.forms import DayField
from app.taskforces.indicators import words
from app.taskforces.indicators.queries import CardRow
from app.taskforces.indicators.rules import (
    LARGEST,
    MOST_DECIMALS,
    Direction,
    Frequency,
    Measure,
    Measured,
    Period,
    Unit,
    ended,
    hundredths_of,
    period_of,
    plain,
)
from app.taskforces.indicators.services import Define, Enter

MANY = 12
"""How many periods back a first value may be entered for."""
MOST_CASES = 10**9
MOST_BYTES = 20_000_000
"""What a source file may weigh; it is hashed and not kept."""


class NumberField(StringField):
    """A number with at most two decimals; `data` is in hundredths."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.raw_data = valuelist
        text = valuelist[0].strip() if valuelist else ""
        self.data = hundredths_of(text) if text else None
        if text and (self.data is None or self.data > LARGEST):
            raise ValueError(_("Enter a number like 83 or 4.5, not below zero."))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else plain(self.data)


def _one_of(names: Any) -> list[Any]:
    return offered([("", _("Choose one.")), *((each.value, label) for each, label in names.items())])


def _chosen() -> InputRequired:
    return InputRequired(_("Choose one."))


class CardForm(Form):
    """Everything that a definition card says; a new version also says what is new."""

    title = LineField(_("What it is called"), least=5, most=120)
    why = PlainTextField(_("Why it is watched"), least=20, most=1000)
    formula = PlainTextField(
        _("How it is counted"),
        least=20,
        most=1500,
        description=_("So exactly that others get the same number."),
    )
    weakness = PlainTextField(_("What it does not show (may stay empty)"), least=0, most=1000)
    unit = SelectField(_("Unit"), choices=_one_of(words.UNITS), validators=[_chosen()])
    decimals = IntegerField(
        _("Decimal places"), default=0, validators=[InputRequired(_("Enter 0, 1 or 2.")), NumberRange(0, MOST_DECIMALS)]
    )
    direction = SelectField(_("Which way is better?"), choices=_one_of(words.DIRECTIONS), validators=[_chosen()])
    frequency = SelectField(_("How often?"), choices=_one_of(words.FREQUENCIES), validators=[_chosen()])
    target = NumberField(_("Target (may stay empty)"))
    source = LineField(_("Where the numbers come from"), least=3, most=160)
    owner = LineField(_("Who answers for them"), least=3, most=120)
    least_n = IntegerField(
        _("Least number of cases shown"),
        default=5,
        validators=[InputRequired(_("Enter a number, for example 5.")), NumberRange(1, 1000)],
        description=_("A value of fewer cases is kept back, so that nobody is found out. Five is usual for people."),
    )
    measure = SelectField(
        _("Is it worked out of a file of residents’ reports?"),
        choices=offered([("", _("No, somebody enters it")), *((each.value, words.MEASURES[each]) for each in Measure)]),
    )
    service_codes = LineField(
        _("Which kinds of reports?"),
        least=0,
        most=300,
        description=_("Their service_code, with commas between them. Empty: all kinds."),
    )
    agreed_at = LineField(
        _("Where it was agreed"), least=3, most=160, description=_("For example: Meeting of the lighting task force.")
    )
    agreed_on = DayField(_("On which day?"))
    change = PlainTextField(_("What is new in it, and why"), least=0, most=1000)

    def fill(self, card: CardRow) -> None:
        """Start from what stands; what is new in it, and where that was agreed, is asked anew."""
        for field in self:
            if field.name in CardRow.__dataclass_fields__ and field.name not in ("change", "agreed_at", "agreed_on"):
                known = getattr(card, field.name)
                field.data = "" if known is None else known
        self.target.data = card.target_hundredths

    def command(self) -> Define:
        """The answers as a command."""
        measure = self.measure.data
        return Define(
            **{name: getattr(self, name).data or "" for name in ("title", "why", "formula", "weakness", "source")},
            unit=Unit(self.unit.data),
            decimals=self.decimals.data,
            direction=Direction(self.direction.data),
            frequency=Frequency(self.frequency.data),
            target_hundredths=self.target.data,
            owner=self.owner.data or "",
            least_n=self.least_n.data,
            measure=Measure(measure) if measure else None,
            service_codes=self.service_codes.data or None,
            agreed_at=self.agreed_at.data or "",
            agreed_on=self.agreed_on.data,
            change=self.change.data or None,
        )


class ReadingForm(Form):
    """What an indicator was in one period."""

    version = HiddenField(validators=[Regexp(r"[1-9][0-9]{0,8}\Z")])
    """The newest version of the definition when the page was opened."""
    period = SelectField(_("Which period?"), validators=[_chosen()])
    value = NumberField(_("Value"), description=_("Stays empty only where there was nothing to count."))
    n = IntegerField(
        _("Of how many cases?"),
        validators=[InputRequired(_("Enter how many cases it is of, or 0.")), NumberRange(0, MOST_CASES)],
        description=_("For a share: how many there were in all."),
    )
    numerator = IntegerField(_("Of a share: how many"), validators=[Optional(), NumberRange(0, MOST_CASES)])
    denominator = IntegerField(_("Of a share: of how many"), validators=[Optional(), NumberRange(0, MOST_CASES)])
    is_provisional = BooleanField(_("Provisional: it may still change"))
    file = FileField(
        _("The file it comes from (may be left out)"),
        description=_("Only its SHA-256 is kept, so that anybody who has the file can tell that it is the one."),
    )
    note = PlainTextField(
        _("Note (may stay empty)"),
        least=0,
        most=500,
        description=_("Of a correction: why it is corrected. Everybody can read this."),
    )

    def offer(self, frequency: Frequency, today: date, known: Iterable[Period] = ()) -> None:
        """The last periods that are over, and those of them all that have a value: it can be corrected at any time."""
        periods = {
            *ended(frequency, today, MANY),
            *(each for each in known if period_of(frequency, each.first_on) == each),
        }
        pairs = [(each.first_on.isoformat(), words.period(each)) for each in sorted(periods, reverse=True)]
        self.period.choices = offered([("", _("Choose one.")), *pairs])

    def validate_denominator(self, field: Field) -> None:
        """Both parts of a share, or neither."""
        if (field.data is None) != (self.numerator.data is None):
            raise ValidationError(_("Enter both numbers of the share, or neither."))

    def command(self, period: Period) -> Enter:
        """The answers as a command about that period."""
        sent = self.file.data
        return Enter(
            period=period,
            measured=Measured(
                hundredths=self.value.data,
                n=self.n.data,
                numerator=self.numerator.data,
                denominator=self.denominator.data,
                is_provisional=bool(self.is_provisional.data),
            ),
            file_hash=files.digest_of(sent.stream) if sent else None,
            note=self.note.data or "",
            newest=int(self.version.data),
        )

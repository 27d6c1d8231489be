"""What a clerk is asked about boxes and their stock."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from app.core.forms import Form, LineField
from app.voting.paper.queries import BoxFacts
from app.voting.paper.services import AddBox, CountStock, RecordPrinting

NEEDED = _("This is needed. Please fill it in.")


class WholeNumberField(IntegerField):
    """A count of sheets, stubs or slips, typed by hand."""

    def __init__(self, label: Any, *, least: int = 0, most: int = 99_999, **more: Any) -> None:
        message = _("Enter a whole number from %(least)s to %(most)s.", least=least, most=most)
        super().__init__(label, validators=[InputRequired(NEEDED), NumberRange(least, most, message)], **more)

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as reason:
            raise ValueError(_("Enter a whole number.")) from reason


class BoxForm(Form):
    """Another ballot box."""

    name = LineField(_("Name of the box"), most=80, description=_("What people call it: “Library”, “By post”."))

    def command(self) -> AddBox:
        """The answer as a command."""
        return AddBox(name=self.name.data or "")


class PrintingForm(Form):
    """Ballots printed for a box."""

    language = SelectField(_("Language"))
    large_print = BooleanField(_("Large print"))
    sheets = WholeNumberField(_("How many ballots"), least=1, most=5000)

    def offer(self, languages: Mapping[str, str]) -> "PrintingForm":
        """Let the clerk choose among these languages."""
        self.language.choices = [SelectChoice(code, name) for code, name in languages.items()]
        return self

    def command(self) -> RecordPrinting:
        """The answers as a command."""
        return RecordPrinting(
            language=self.language.data, large_print=bool(self.large_print.data), sheets=self.sheets.data or 0
        )


class CountStockForm(Form):
    """What is left of a printing."""

    spoiled = WholeNumberField(_("Spoiled sheets"), description=_("Torn, misprinted, or brought back by a voter."))
    unused = WholeNumberField(_("Unused sheets"))

    def command(self) -> CountStock:
        """The answers as a command."""
        return CountStock(spoiled=self.spoiled.data or 0, unused=self.unused.data or 0)


class StubsForm(Form):
    """The torn-off stubs that came with a box."""

    stubs = WholeNumberField(
        _("Torn-off stubs"), description=_("Count those of ballots that came back, not those of spoiled ones.")
    )


class JoinForm(Form):
    """The box with which another is mixed."""

    into = SelectField(_("Mix its slips with those of"), coerce=int)

    def offer(self, boxes: Iterable[BoxFacts]) -> "JoinForm":
        """Let the clerk choose among these boxes."""
        self.into.choices = [SelectChoice(box.id, box.name) for box in boxes]
        return self

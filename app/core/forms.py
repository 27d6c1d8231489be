"""What our forms share: clean text, money in cents, a key against double submits, refusals at their field."""

import secrets
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    SelectChoice,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length

from app.core.errors import DomainError
from app.core.moments import YEARS
from app.core.money import NotMoney, as_typed, parse_cents

Made = TypeVar("Made")


class Form(FlaskForm):
    """A form whose `command()` turns answers into a command."""

    once = HiddenField(default=lambda: secrets.token_urlsafe(16), validators=[Length(max=64)])

    def validate(self, extra_validators: Any = None) -> Any:
        """As ever, and no day is of a year that nobody can mean: what is counted from it would have no end.

        Where a browser has no calendar of its own, people type days their way; they are told how it is read.
        """
        valid = super().validate(extra_validators)
        for field in _days(self):
            if field.errors and field.process_errors:
                ours = _("Enter a day that exists, written like 2026-05-31.")
                field.errors = [ours if each in field.process_errors else each for each in field.errors]
            elif not field.errors and isinstance(field.data, date) and field.data.year not in YEARS:
                field.errors = [_("Check the year of this day.")]
                valid = False
        return valid

    def accepted(self, verb: Callable[[], Made], *, keeps: bool = False) -> Made | None:
        """What `verb` made; or None after putting its refusal at the field it names (any other refusal goes on).

        `keeps`: what is not possible now is said above the form, so that nobody loses a long text to somebody who was
        quicker; whoever may not do it at all is still turned away.
        """
        try:
            return verb()
        except DomainError as refusal:
            field = self._fields.get(refusal.field or "")
            if field is not None:
                field.errors = [*field.errors, refusal.message]
            elif keeps and refusal.status == DomainError.status:
                self.form_errors.append(refusal.message)
            else:
                raise
            return None


def _days(fields: Iterable[Any]) -> Iterator[Field]:
    """Every field for a day, also those of the lines of a form."""
    for field in fields:
        if isinstance(field, DateField):
            yield field
        elif isinstance(field, FieldList):
            yield from _days(field.entries)
        elif isinstance(field, FormField):
            yield from _days(field.form)


def offered(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """What a field lets choose from, given as pairs of a value and the words for it."""
    return [SelectChoice(value, label) for value, label in pairs]


def clean(text: str | None) -> str | None:
    """NFC, no control characters but line breaks, no spaces at the ends."""
    if text is None:
        return None
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    kept = "".join(c for c in composed if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
    return kept.strip()


class LineField(StringField):
    """One line of plain text."""

    def __init__(self, label: Any, *, most: int, least: int = 1, **more: Any) -> None:
        super().__init__(label, validators=_text_rules(least, most), filters=[clean, _one_line], **more)


class PlainTextField(TextAreaField):
    """Paragraphs of plain text; `most` characters at the most."""

    def __init__(self, label: Any, *, most: int, least: int = 1, **more: Any) -> None:
        super().__init__(label, validators=_text_rules(least, most), filters=[clean], **more)


class MoneyField(StringField):
    """An amount; `data` is whole cents."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.raw_data = valuelist
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        try:
            self.data = parse_cents(valuelist[0])
        except NotMoney as reason:
            self.data = None
            raise ValueError(_("Enter an amount like 1,200 or 1,200.50.")) from reason

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else as_typed(self.data)


class AtLeast:
    """An amount of at least `cents`."""

    def __init__(self, cents: int, message: Any) -> None:
        self.cents, self.message = cents, message

    def __call__(self, form: FlaskForm, field: Field) -> None:
        if field.data is not None and field.data < self.cents:
            raise ValidationError(self.message)


def _text_rules(least: int, most: int) -> list[Any]:
    required = [InputRequired(_("This is needed. Please fill it in."))] if least else []
    short = _("Please write at least %(n)d characters.", n=least)
    long = _("Please keep it to %(n)d characters.", n=most)
    return [*required, Length(min=least, message=short), Length(max=most, message=long)]


def _one_line(text: str | None) -> str | None:
    return None if text is None else " ".join(text.split())

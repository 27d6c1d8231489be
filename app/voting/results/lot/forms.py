"""The values that somebody types to work the lot out again."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import StringField, TextAreaField, ValidationError
from wtforms.validators import StopValidation

from app.core.forms import Form
from app.voting.results.lot.rules import NotBytes, NotNumbers, Worked, typed_bytes, typed_numbers, work_out

MOST_CHARACTERS = 2_000
"""Of what is typed into a field, so that taking it apart stays quick whatever it is."""


def _is_short(form: Any, field: Any) -> None:
    if len(field.data or "") > MOST_CHARACTERS:
        raise StopValidation(_("Enter at most 2,000 characters."))


def _are_bytes(form: Any, field: Any) -> None:
    try:
        typed_bytes(field.data or "")
    except NotBytes as reason:
        raise ValidationError(_("Enter 64 characters: digits 0–9 and letters a–f. Spaces do not matter.")) from reason


def _are_numbers(form: Any, field: Any) -> None:
    try:
        typed_numbers(field.data or "")
    except NotNumbers as reason:
        raise ValidationError(_("Enter different option numbers, like 1-12 or 1, 2, 5.")) from reason


class LotForm(Form):
    """Seed, hash of the closed ballots, and option numbers, as printed or as anybody likes to try."""

    seed = TextAreaField(_("Seed"), validators=[_is_short, _are_bytes])
    closed_set = TextAreaField(_("Hash of the closed ballot set"), validators=[_is_short, _are_bytes])
    numbers = StringField(
        _("Option numbers"), validators=[_is_short, _are_numbers], description=_("Like 1-12 or 1, 2, 5.")
    )

    def __init__(self, asked: Any) -> None:
        super().__init__(asked, meta={"csrf": False})
        del self.once  # nothing is changed, so it may be asked as often as anybody likes

    def worked(self) -> Worked:
        """What follows from the values, once the form is valid."""
        seed, closed_set = typed_bytes(self.seed.data or ""), typed_bytes(self.closed_set.data or "")
        return work_out(seed, closed_set, typed_numbers(self.numbers.data or ""))

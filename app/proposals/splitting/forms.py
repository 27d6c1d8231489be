"""What somebody writes who wants a proposal split, and what its author answers."""

from typing import Any, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import FieldList, FormField, RadioField
from wtforms import Form as PlainForm
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from app.core.forms import Form, LineField, PlainTextField
from app.proposals.merging.forms import YesOrNoForm
from app.proposals.splitting.rules import LEAST_PARTS, MOST_PARTS
from app.proposals.splitting.services import AskToSplit, Part


class PartForm(PlainForm):
    """One part; an empty one counts for nothing."""

    title = LineField(_("Title"), least=0, most=120)
    summary = PlainTextField(_("What should happen?"), least=0, most=3000)


class SplitForm(Form):
    """The parts, and a word to the author."""

    parts = FieldList(FormField(PartForm), _("The parts"), min_entries=MOST_PARTS, max_entries=MOST_PARTS)
    message = PlainTextField(_("Why are they better apart?"), least=10, most=1000)

    @property
    def rows(self) -> list[PartForm]:
        """The parts as they stand in the form."""
        return [cast(PartForm, entry.form) for entry in self.parts.entries]

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field for itself; a part has both title and words, and there are two of them at least."""
        good = bool(super().validate(extra_validators))
        for number, row in enumerate(self.rows):
            needed = number < LEAST_PARTS or row.title.data or row.summary.data
            if needed and len(row.title.data or "") < 5 and not row.title.errors:
                row.title.errors = [gettext("Please write at least %(n)d characters.", n=5)]
            if needed and len(row.summary.data or "") < 20 and not row.summary.errors:
                row.summary.errors = [gettext("Please write at least %(n)d characters.", n=20)]
            good = good and not (row.title.errors or row.summary.errors)
        if not good:
            self.parts.errors = [entry.errors for entry in self.parts.entries]
        return good

    def command(self) -> AskToSplit:
        """The answers as a command."""
        said = [(row.title.data or "", row.summary.data or "") for row in self.rows]
        parts = tuple(Part(title=title, summary=summary) for title, summary in said if title)
        return AskToSplit(parts=parts, message=self.message.data or "")


class AnswerForm(YesOrNoForm):
    """Whether an author splits a proposal."""

    answer = RadioField(
        _("Do you split it?"),
        choices=[SelectChoice("yes", _("Yes, make a proposal of each part")), SelectChoice("no", _("No"))],
        validators=[InputRequired(_("Please choose one."))],
    )
    why = _("Please say why, so that they understand.")

"""The forms of completion and of what comes after."""

from typing import Any, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, FieldList, FormField, RadioField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, Optional

from app.core.forms import Form, LineField, PlainTextField, offered
from app.taskforces.projects.closing.rules import Works
from app.taskforces.projects.closing.services import AskCompletion, Left, LookAgain
from app.taskforces.projects.closing.words import WORKS
from app.taskforces.projects.rules import LEAST_WORDS

ROOM = 6


class SnagForm(PlainForm):
    """Something that is still to be put right; an empty line counts for nothing."""

    what = LineField(_("What is left"), least=0, most=300)
    due_on = DateField(_("By which day"), validators=[Optional()])


class CompletionForm(Form):
    """What is left, each with its day; or that nothing is."""

    snags = FieldList(FormField(SnagForm), _("What is still to be put right"), min_entries=ROOM, max_entries=ROOM)
    nothing_left = BooleanField(_("Nothing is left to be put right"))

    @property
    def rows(self) -> list[SnagForm]:
        """The lines as they stand in the form."""
        return [cast(SnagForm, entry.form) for entry in self.snags.entries]

    def name(self) -> None:
        """Number the lines."""
        for number, entry in enumerate(self.snags.entries, start=1):
            entry.label.text = gettext("Number %(n)s", n=number)

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field for itself; a line has words and a day."""
        good = bool(super().validate(extra_validators))
        needed = gettext("This is needed. Please fill it in.")
        for row in self.rows:
            if row.what.data and row.due_on.data is None and not row.due_on.errors:
                row.due_on.errors = [needed]
            if row.due_on.data and not row.what.data and not row.what.errors:
                row.what.errors = [needed]
            good = good and not row.what.errors and not row.due_on.errors
        if not good:
            self.snags.errors = [entry.errors for entry in self.snags.entries]
        return good

    def command(self) -> AskCompletion:
        """The answers as a command."""
        lines = [(row.what.data, row.due_on.data) for row in self.rows]
        snags = tuple(Left(what=what, due_on=due_on) for what, due_on in lines if what and due_on)
        return AskCompletion(snags=snags, nothing_left=bool(self.nothing_left.data))


class FixForm(Form):
    """How something that was left is put right."""

    how = PlainTextField(_("How can anybody see it?"), least=LEAST_WORDS, most=1000)


class LookAgainForm(Form):
    """What was found when it was looked at again."""

    works = RadioField(
        _("What did you find?"),
        choices=offered((each.value, WORKS[each]) for each in Works),
        validators=[InputRequired(_("Choose one."))],
    )
    found = PlainTextField(
        _("How did you find out, and what did people say?"),
        least=LEAST_WORDS,
        most=2000,
        description=_("Everybody can read this. Name nobody."),
    )

    def command(self) -> LookAgain:
        """The answers as a command."""
        return LookAgain(works=Works(self.works.data), found=self.found.data or "")

"""The form with which a promise is renewed: a line for each open milestone, room for new ones, and the reason."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, FieldList, FormField, HiddenField, SelectField
from wtforms import Form as PlainForm
from wtforms.validators import Optional

from app.core.forms import Form, LineField, PlainTextField, offered
from app.taskforces.projects.baselines.rules import MOST_NEW
from app.taskforces.projects.baselines.services import Renew, Wanted
from app.taskforces.projects.promises.forms import KINDS
from app.taskforces.projects.promises.queries import MilestoneRow
from app.taskforces.projects.promises.rules import MilestoneKind
from app.taskforces.projects.rules import LEAST_WORDS


class LineForm(PlainForm):
    """One milestone of the promise that stands."""

    milestone_id = HiddenField()
    promised_on = DateField(_("Promised for"), validators=[Optional()])
    dropped = BooleanField(_("Drop it"))


class NewForm(PlainForm):
    """A milestone that comes with the new promise; an empty one counts for nothing."""

    title = LineField(_("Milestone"), least=0, most=160)
    kind = SelectField(_("Kind"), choices=offered(KINDS), default=MilestoneKind.DELIVERY.value)
    done_means = PlainTextField(_("It is done when…"), least=0, most=1000)
    promised_on = DateField(_("Promised for"), validators=[Optional()])


class RenewForm(Form):
    """A new promise in place of the one that stands."""

    reason = PlainTextField(
        _("Why does the promise change?"),
        least=LEAST_WORDS,
        most=2000,
        description=_("Everybody can read this. The promise before stays visible."),
    )
    lines = FieldList(FormField(LineForm), _("Milestones that are open"))
    added = FieldList(FormField(NewForm), _("New milestones"), min_entries=MOST_NEW, max_entries=MOST_NEW)
    scope = PlainTextField(
        _("What is promised now, if it is not the ballot's words any more"),
        least=0,
        most=4000,
        description=_("Leave it empty if the scope stays. Both are shown side by side."),
    )

    def fill(self, rows: Sequence[MilestoneRow]) -> None:
        """Start from the promise that stands."""
        for row in rows:
            self.lines.append_entry({"milestone_id": row.id, "promised_on": row.baseline_on, "dropped": False})

    def name(self, rows: Sequence[MilestoneRow]) -> None:
        """Call each line by its milestone, whatever came in."""
        titles = {str(row.id): row.title for row in rows}
        for number, entry in enumerate(self.lines.entries):
            entry.label.text = titles.get(str(self.kept[number].milestone_id.data), "")
        for number, entry in enumerate(self.added.entries, start=1):
            entry.label.text = gettext("New milestone %(n)s", n=number)

    @property
    def kept(self) -> list[LineForm]:
        """The lines of the milestones that are there."""
        return [cast(LineForm, entry.form) for entry in self.lines.entries]

    @property
    def new(self) -> list[NewForm]:
        """The lines of those that come."""
        return [cast(NewForm, entry.form) for entry in self.added.entries]

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field for itself; a new milestone has words and a day, and an open one keeps a day."""
        good = bool(super().validate(extra_validators))
        for row in self.new:
            begun = row.title.data or row.done_means.data or row.promised_on.data
            good = _needs(row.title, bool(begun) and not row.title.data) and good
            good = _needs(row.done_means, bool(begun) and len(row.done_means.data or "") < 10) and good
            good = _needs(row.promised_on, bool(begun) and row.promised_on.data is None) and good
        for line in self.kept:
            good = _needs(line.promised_on, line.promised_on.data is None and not line.dropped.data) and good
        if not good:
            self.added.errors = [entry.errors for entry in self.added.entries]
            self.lines.errors = [entry.errors for entry in self.lines.entries]
        return good

    def command(self) -> Renew:
        """The answers as a command."""
        kept = [
            Wanted(id=int(row.milestone_id.data), promised_on=_iso(row.promised_on.data), dropped=row.dropped.data)
            for row in self.kept
            if str(row.milestone_id.data).isdecimal()
        ]
        new = [
            Wanted(
                id=None,
                promised_on=_iso(row.promised_on.data),
                title=row.title.data or "",
                done_means=row.done_means.data or "",
                kind=str(row.kind.data),
            )
            for row in self.new
            if row.title.data
        ]
        return Renew(reason=self.reason.data or "", scope=self.scope.data or None, milestones=(*kept, *new))


def _needs(field: Any, missing: bool) -> bool:
    if missing and not field.errors:
        field.errors = [gettext("This is needed. Please fill it in.")]
    return not field.errors


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""

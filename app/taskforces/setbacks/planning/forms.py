"""The forms of a plan against a setback, and of accepting one."""

from datetime import date
from typing import Any, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, FieldList, FormField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, Optional

from app.core.forms import Form, LineField, PlainTextField
from app.taskforces.setbacks.planning.services import PlanAction, ProposePlan
from app.taskforces.setbacks.rules import LEAST_WORDS, MOST_ACTIONS

LEAST = {"step": 10, "owner": 3, "evidence": 20}


class ActionForm(PlainForm):
    """One corrective action; an empty one counts for nothing."""

    step = PlainTextField(_("What will be done?"), least=0, most=1000)
    owner = LineField(
        _("Who does it?"), least=0, most=160, description=_("An organization or a role, not a private person.")
    )
    due_on = DateField(_("By when?"), validators=[Optional()])
    evidence = PlainTextField(_("Why should it work?"), least=0, most=1000)

    @property
    def is_used(self) -> bool:
        """Whether anything stands in it."""
        return bool(self.step.data or self.owner.data or self.due_on.data or self.evidence.data)

    def complete(self) -> bool:
        """Whether everything that is needed stands in it; else each gap says so."""
        for name, least in LEAST.items():
            field = self._fields[name]
            if len(field.data or "") < least and not field.errors:
                field.errors = [gettext("Please write at least %(n)d characters.", n=least)]
        if self.due_on.data is None and not self.due_on.errors:
            self.due_on.errors = [gettext("This is needed. Please fill it in.")]
        return not self.errors


class PlanForm(Form):
    """The corrective actions, and when their effect is measured."""

    actions = FieldList(
        FormField(ActionForm), _("Corrective actions"), min_entries=MOST_ACTIONS, max_entries=MOST_ACTIONS
    )
    check_on = DateField(
        _("When will you measure whether it helped?"),
        validators=[InputRequired(_("This is needed. Please fill it in."))],
    )

    @property
    def rows(self) -> list[ActionForm]:
        """The actions as they stand in the form."""
        return [cast(ActionForm, entry.form) for entry in self.actions.entries]

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field for itself; the first action is needed, and whatever is begun is complete."""
        good = bool(super().validate(extra_validators))
        wanted = [row for number, row in enumerate(self.rows) if number == 0 or row.is_used]
        whole = all([row.complete() for row in wanted])
        if not (good and whole):
            self.actions.errors = [entry.errors for entry in self.actions.entries]
        return good and whole

    def command(self) -> ProposePlan:
        """The answers as a command."""
        assert self.check_on.data is not None
        return ProposePlan(actions=[_action(row) for row in self.rows if row.is_used], check_on=self.check_on.data)


class AcceptForm(Form):
    """Why nothing is done about it."""

    reason = PlainTextField(
        _("Why is nothing done about it?"), least=LEAST_WORDS, most=2000, description=_("Everybody reads it.")
    )


def _action(row: ActionForm) -> PlanAction:
    due_on: date | None = row.due_on.data
    assert due_on is not None
    return PlanAction(
        step=row.step.data or "", owner=row.owner.data or "", due_on=due_on, evidence=row.evidence.data or ""
    )

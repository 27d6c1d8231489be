"""The forms of setbacks: report one, plan what is done about it."""

from flask_babel import lazy_gettext as _
from wtforms import DateField
from wtforms.validators import InputRequired

from app.core.forms import Form, LineField, PlainTextField
from app.taskforces.setbacks.services import PlanAction, ReportSetback

NEEDED = _("This is needed. Please fill it in.")


class SetbackForm(Form):
    """What went wrong."""

    title = LineField(_("What went wrong, in one line"), most=160)
    description = PlainTextField(_("What happened?"), least=20, most=2000)
    cause = PlainTextField(_("What caused it?"), least=10, most=2000)
    effect = PlainTextField(_("What does it change for residents?"), least=10, most=2000)
    found_on = DateField(_("Noticed on"), validators=[InputRequired(NEEDED)])
    due_on = DateField(_("To be put right by"), validators=[InputRequired(NEEDED)])

    def command(self) -> ReportSetback:
        """The answers as a command."""
        assert self.found_on.data is not None and self.due_on.data is not None
        return ReportSetback(
            title=self.title.data or "",
            description=self.description.data or "",
            cause=self.cause.data or "",
            effect=self.effect.data or "",
            found_on=self.found_on.data,
            due_on=self.due_on.data,
        )


class ActionForm(Form):
    """A corrective action."""

    step = PlainTextField(_("What will be done?"), least=10, most=1000)
    owner = LineField(_("Who does it?"), most=160, description=_("An organization or a role, not a private person."))
    due_on = DateField(_("By when?"), validators=[InputRequired(NEEDED)])

    def command(self) -> PlanAction:
        """The answers as a command."""
        assert self.due_on.data is not None
        return PlanAction(step=self.step.data or "", owner=self.owner.data or "", due_on=self.due_on.data)

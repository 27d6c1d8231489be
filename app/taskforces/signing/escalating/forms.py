"""What a side asks the council, and what a clerk writes down of its decision."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from app.core.forms import Form, LineField, PlainTextField
from app.taskforces.signing import words
from app.taskforces.signing.escalating.services import RecordDecision
from app.taskforces.signing.rules import LEAST_STATEMENT, MOST_STATEMENT, Outcome


class AskForm(Form):
    """Why the council should stand in for the other side."""

    reason = PlainTextField(
        _("Why should the council decide?"),
        least=LEAST_STATEMENT,
        most=MOST_STATEMENT,
        description=_("What you have tried, and what happens if nobody decides. Everybody will read it."),
    )


class DecisionForm(Form):
    """The council's decision."""

    outcome = RadioField(
        _("What has the council decided?"),
        choices=[SelectChoice(outcome.value, words.OUTCOMES[outcome]) for outcome in Outcome],
        validators=[InputRequired(_("Choose one."))],
    )
    decided_by = LineField(_("Who decided it"), most=160, description=_("For example: City council of Riverside."))
    decided_on = DateField(_("Day of the decision"), validators=[InputRequired(_("Please enter the day."))])
    reference = LineField(
        _("Reference of the decision"), most=160, description=_("For example: Resolution 2026/114, item 7.")
    )
    explanation = PlainTextField(
        _("The council's reason"),
        least=LEAST_STATEMENT,
        most=MOST_STATEMENT,
        description=_("In plain words. It is printed wherever this agreement is shown."),
    )
    file = FileField(
        _("The decision itself"),
        validators=[FileRequired(_("Choose the PDF or picture of the decision."))],
        description=_("A PDF of at most 8 MB, or a JPEG, PNG or WebP picture. Everybody can read it."),
        render_kw={"accept": "application/pdf,image/jpeg,image/png,image/webp"},
    )

    def command(self) -> RecordDecision:
        """The answers as a command."""
        assert self.decided_on.data is not None
        return RecordDecision(
            outcome=Outcome(self.outcome.data),
            decided_by=self.decided_by.data or "",
            decided_on=self.decided_on.data,
            reference=self.reference.data or "",
            explanation=self.explanation.data or "",
            file=self.file.data.stream,
        )

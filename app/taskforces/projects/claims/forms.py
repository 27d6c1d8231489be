"""The forms of a claim: say that it is done, show it, and what the other side says."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, RadioField
from wtforms.validators import InputRequired

from app.core.forms import Form, LineField, PlainTextField, offered
from app.taskforces.projects.claims.rules import LEAST_WORDS as LEAST_ALT
from app.taskforces.projects.claims.rules import MOST_WORDS, Finding
from app.taskforces.projects.claims.services import AddEvidence, ClaimDone
from app.taskforces.projects.rules import LEAST_WORDS

NEEDED = _("This is needed. Please fill it in.")


class ClaimForm(Form):
    """A milestone was reached."""

    actual_on = DateField(_("Done on"), validators=[InputRequired(NEEDED)])
    evidence = PlainTextField(
        _("How can anybody see it?"),
        least=LEAST_WORDS,
        most=2000,
        description=_("What was checked, by whom, where to look. Everybody can read this."),
    )

    def command(self) -> ClaimDone:
        """The answers as a command."""
        assert self.actual_on.data is not None
        return ClaimDone(actual_on=self.actual_on.data, evidence=self.evidence.data or "")


class EvidenceForm(Form):
    """A picture or a PDF, with the words for people who do not see it."""

    file = FileField(
        _("Picture or PDF"),
        validators=[FileRequired(_("Choose a file first."))],
        description=_("A picture of at most 12 MB or a PDF of at most 8 MB. Where it was taken is removed from it."),
        render_kw={"accept": "image/jpeg,image/png,image/webp,application/pdf"},
    )
    words = LineField(
        _("What does it show?"),
        least=LEAST_ALT,
        most=MOST_WORDS,
        description=_("One sentence for people who cannot see it. Show nobody who has not agreed to it."),
    )

    def command(self) -> AddEvidence:
        """The answers as a command."""
        return AddEvidence(file=self.file.data.stream, words=self.words.data or "")


class LookForm(Form):
    """What the other side found."""

    finding = RadioField(
        _("Is it done?"),
        choices=offered(
            [
                (Finding.VERIFIED.value, _("Yes, we have looked: it is done")),
                (Finding.RETURNED.value, _("No, something is missing")),
            ]
        ),
        validators=[InputRequired(_("Choose one."))],
    )
    answer = PlainTextField(
        _("What did you look at, and what is missing?"),
        least=0,
        most=2000,
        description=_(
            "Needed if something is missing: at least %(n)s characters. Everybody can read this.", n=LEAST_WORDS
        ),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field for itself, and a no with its reason."""
        good = bool(super().validate(extra_validators))
        if self.finding.data == Finding.RETURNED.value and len(self.answer.data or "") < LEAST_WORDS:
            message = _("Please say a little more: at least %(n)s characters.", n=LEAST_WORDS)
            self.answer.errors = [*self.answer.errors, message]
            return False
        return good

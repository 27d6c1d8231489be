"""What a clerk copies from a signed sheet."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, HiddenField, RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from app.core.forms import Form, LineField, PlainTextField
from app.taskforces.seats.queries import Signer
from app.taskforces.seats.words import SIDES
from app.taskforces.signing import words
from app.taskforces.signing.paper.services import Attest
from app.taskforces.signing.rules import MOST_STATEMENT, Verdict


class AttestForm(Form):
    """Who signed what on which day, and the sheet itself. Call `offer` first."""

    seen = HiddenField(validators=[Length(min=64, max=64)])
    mark = LineField(
        _("Code on the sheet"),
        least=8,
        most=100,
        description=_("The first eight letters and digits of the code printed at its foot. Type them from the paper."),
    )
    person_id = RadioField(_("Who has signed?"), coerce=int, validators=[InputRequired(_("Choose one."))])
    verdict = RadioField(
        _("What did they tick?"),
        choices=[SelectChoice(verdict.value, words.VERDICTS[verdict]) for verdict in Verdict],
        validators=[InputRequired(_("Choose one."))],
    )
    statement = PlainTextField(
        _("Statement on the sheet"),
        least=0,
        most=MOST_STATEMENT,
        description=_("Needed unless they agree. Everybody will read it."),
    )
    signed_on = DateField(_("Day on the sheet"), validators=[InputRequired(_("Please enter the day."))])
    file = FileField(
        _("The signed sheet"),
        validators=[FileRequired(_("Choose the picture or PDF of the sheet."))],
        description=_(
            "A PDF of at most 8 MB, or a JPEG, PNG or WebP picture. Only the office, oversight and those who signed"
            " can see it."
        ),
        render_kw={"accept": "application/pdf,image/jpeg,image/png,image/webp"},
    )

    def offer(self, people: Sequence[Signer]) -> None:
        """Those who can have signed."""
        self.person_id.choices = [SelectChoice(each.person_id, _who(each)) for each in people]

    def command(self) -> Attest:
        """The answers as a command."""
        assert self.signed_on.data is not None
        return Attest(
            person_id=self.person_id.data,
            verdict=Verdict(self.verdict.data),
            statement=self.statement.data or "",
            signed_on=self.signed_on.data,
            mark=self.mark.data or "",
            seen=self.seen.data or "",
            file=self.file.data.stream,
        )


def _who(signer: Signer) -> str:
    side = str(SIDES[signer.side])
    return f"{signer.name} ({side}, {gettext('deputy')})" if signer.as_deputy else f"{signer.name} ({side})"

"""What somebody says about a draft, what becomes of it, and a cycle's days for it."""

from flask_babel import get_locale
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, RadioField
from wtforms.validators import NumberRange, Optional

from app.core.forms import Form, LineField, PlainTextField, offered
from app.reports.commenting.rules import LEAST, LEAST_DAYS, MOST, MOST_DAYS
from app.reports.commenting.services import AnswerComment, Say
from app.reports.commenting.words import VERDICTS


class SayForm(Form):
    """A comment on a draft."""

    words = PlainTextField(_("What is missing, wrong or hard to understand?"), least=LEAST, most=MOST)
    public_name = LineField(_("Name to print beside it"), least=0, most=60)
    on_paper = BooleanField(_("It was handed in on paper"))

    def command(self) -> Say:
        """The comment, in the language of the page it was written on."""
        return Say(
            words=self.words.data or "",
            language=str(get_locale()),
            public_name=self.public_name.data or "",
            on_paper=bool(self.on_paper.data),
        )


class ReadForm(Form):
    """Whether a comment is shown."""

    verdict = RadioField(_("After reading it"), choices=offered(VERDICTS.items()))
    reason = PlainTextField(_("Why it is not shown"), least=0, most=MOST)


class AnswerForm(Form):
    """What came of a comment."""

    response = PlainTextField(_("What you say to it"), least=2, most=MOST)
    change = PlainTextField(_("What was changed in the report because of it"), least=0, most=MOST)

    def command(self) -> AnswerComment:
        """The answer as it is printed."""
        return AnswerComment(response=self.response.data or "", change=self.change.data or "")


class DaysForm(Form):
    """For how many days drafts lie open."""

    days = IntegerField(
        _("Days"),
        validators=[Optional(), NumberRange(LEAST_DAYS, MOST_DAYS)],
        description=_("Between 3 and 60. Left empty, drafts do not lie open."),
    )

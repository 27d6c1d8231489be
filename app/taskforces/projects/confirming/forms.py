"""The one question to residents, and the form on which a clerk counts paper."""

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, RadioField
from wtforms.validators import InputRequired, NumberRange

from app.core.forms import Form, PlainTextField, offered
from app.taskforces.projects.closing.rules import Works
from app.taskforces.projects.closing.words import WORKS
from app.taskforces.projects.confirming.rules import LEAST_HOW, MOST_HOW, MOST_ON_PAPER
from app.taskforces.projects.confirming.services import CountPaper

NUMBER = [
    InputRequired(_("This is needed. Please fill it in.")),
    NumberRange(min=0, max=MOST_ON_PAPER, message=_("Enter a whole number, 0 or more.")),
]


class ConfirmForm(Form):
    """Whether it works."""

    works = RadioField(
        _("Does it do what was promised?"),
        choices=offered((each.value, WORKS[each]) for each in Works),
        validators=[InputRequired(_("Choose one."))],
    )

    def answered(self) -> Works:
        """The answer."""
        return Works(self.works.data)


class PaperForm(Form):
    """All answers on paper, counted together."""

    yes = IntegerField(WORKS[Works.YES], validators=NUMBER)
    partly = IntegerField(WORKS[Works.PARTLY], validators=NUMBER)
    no = IntegerField(WORKS[Works.NO], validators=NUMBER)
    how = PlainTextField(_("Where were people asked, and who counted?"), least=LEAST_HOW, most=MOST_HOW)

    def command(self) -> CountPaper:
        """The count as a command."""
        return CountPaper(
            yes=self.yes.data or 0, partly=self.partly.data or 0, no=self.no.data or 0, how=self.how.data or ""
        )

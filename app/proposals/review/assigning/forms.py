"""Who is to review a proposal, and what somebody has to do with it."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField

from app.core.forms import Form, PlainTextField
from app.proposals.forms import options
from app.proposals.review.assigning.queries import OfficerFacts
from app.proposals.review.assigning.rules import LEAST_WORDS, MOST_WORDS


class AssignForm(Form):
    """Who is to review it."""

    officer = SelectField(_("Who reviews it?"))

    def offer(self, officers: Sequence[OfficerFacts]) -> None:
        """The officers who may."""
        self.officer.choices = options(officers, gettext("Nobody yet: whoever takes it first"))

    def chosen(self) -> int | None:
        """The officer, or None to put it back."""
        return int(self.officer.data) if self.officer.data else None


class InterestForm(Form):
    """What an officer has to do with a proposal."""

    interest = PlainTextField(
        _("What have you to do with it?"),
        least=LEAST_WORDS,
        most=MOST_WORDS,
        description=_(
            "For example: you live next door, or a relative works for a likely supplier. Everybody reads it under your"
            " name. From then on you cannot judge this proposal."
        ),
    )

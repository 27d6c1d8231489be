"""Who leaves a board, and who comes in their place."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.core.access import Role
from app.core.forms import Form, LineField, PlainTextField
from app.voting.board.queries import Eligible, Member
from app.voting.board.rules import LEAST_REASON, MOST_REASON
from app.voting.board.words import PARTS

NOBODY = 0
_ROLES = {Role.CLERK: _("Clerk"), Role.OBSERVER: _("Observer")}


class ReplaceForm(Form):
    """One leaves, and perhaps one comes, for a reason that everybody reads."""

    leaves = RadioField(_("Who leaves"), coerce=int, choices=[], validators=[InputRequired(_("Choose one."))])
    joins = RadioField(
        _("Who comes in their place"),
        coerce=int,
        choices=[],
        validators=[InputRequired(_("Choose one."))],
        default=NOBODY,
        description=_("A clerk for somebody who runs the vote, an observer for an observer."),
    )
    community_email = LineField(
        _("Or a resident who runs it"),
        most=254,
        least=0,
        description=_("By the e-mail address of their account. There can be one."),
    )
    reason = PlainTextField(_("Reason, for everybody to read"), most=MOST_REASON, least=LEAST_REASON)

    def offer(self, members: Sequence[Member], people: Sequence[Eligible]) -> "ReplaceForm":
        """Let one of the members go, and one of the people who are not on the board come."""
        there = {each.person_id for each in members}
        self.leaves.choices = [SelectChoice(m.person_id, f"{m.name} · {PARTS[m.part]}") for m in members]
        free = [SelectChoice(p.person_id, f"{p.name} · {_ROLES[p.role]}") for p in people if p.person_id not in there]
        self.joins.choices = [*free, SelectChoice(NOBODY, _("Nobody of these"))]
        return self

    def answers(self) -> dict[str, Any]:
        """What the board is asked to agree on."""
        return {
            "leaves": self.leaves.data,
            "joins": self.joins.data,
            "community_email": self.community_email.data or "",
            "reason": self.reason.data or "",
        }

"""What a clerk fills in about the board of a vote."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.access import Role
from app.core.forms import Form, LineField
from app.voting.board.naming.services import NameBoard
from app.voting.board.queries import Eligible, Member, Plan
from app.voting.board.rules import Part


class PeopleField(SelectMultipleField):
    """Some of the people offered, each with a box to tick."""

    def __init__(self, label: Any, **more: Any) -> None:
        boxes = {"widget": ListWidget(prefix_label=False), "option_widget": CheckboxInput()}
        super().__init__(label, coerce=int, choices=[], **boxes, **more)

    def offer(self, people: Sequence[Eligible]) -> None:
        """Let the clerk choose among these."""
        self.choices = [SelectChoice(each.person_id, each.name) for each in people]


class BoardForm(Form):
    """Who runs the vote, who observes it, and how long objections are heard."""

    running = PeopleField(
        _("They run the vote"),
        description=_("At least two, a clerk among them. Every grave step needs two of them."),
    )
    community_email = LineField(
        _("A resident who runs it too"),
        most=254,
        least=0,
        description=_("By the e-mail address of their account, for example a community co-chair."),
    )
    observing = PeopleField(_("They observe it"), description=_("They see everything and sign the result."))
    objection_days = IntegerField(
        _("Days for objections"),
        validators=[
            InputRequired(_("This is needed. Please fill it in.")),
            NumberRange(1, 60, _("From 1 to 60 days.")),
        ],
        description=_("For so many days after the result is certified anybody may object to it."),
    )

    def offer(
        self, people: Sequence[Eligible], named: Sequence[Member], plan: Plan, *, community_email: str
    ) -> "BoardForm":
        """Let the clerk choose among these, starting from what is settled."""
        self.running.offer([each for each in people if each.role is Role.CLERK])
        self.observing.offer([each for each in people if each.role is Role.OBSERVER])
        if not self.is_submitted():
            self.running.data = [m.person_id for m in named if m.part is Part.RUNS]
            self.observing.data = [m.person_id for m in named if m.part is Part.OBSERVES]
            self.objection_days.data = plan.objection_days
            self.community_email.data = community_email
        return self

    def command(self) -> NameBoard:
        """The answers as a command."""
        return NameBoard(
            running=tuple(self.running.data or ()),
            observing=tuple(self.observing.data or ()),
            objection_days=self.objection_days.data or 0,
            community_email=self.community_email.data or "",
        )

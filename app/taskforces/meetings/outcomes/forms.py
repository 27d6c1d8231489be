"""The forms of outcomes: a note, a decision with its votes, an action, and how an action ended."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, IntegerField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from app.core.forms import Form, LineField, PlainTextField
from app.taskforces.meetings.minutes.queries import Unapproved
from app.taskforces.meetings.outcomes.queries import DecisionRow
from app.taskforces.meetings.outcomes.rules import ActionState, Tally
from app.taskforces.meetings.outcomes.services import AgreeAction, RecordDecision
from app.taskforces.seats.queries import SeatFacts
from app.taskforces.seats.words import SIDES

NEEDED = _("This is needed. Please fill it in.")
NOBODY = 0


def _count(label: Any) -> IntegerField:
    return IntegerField(
        label,
        default=0,
        validators=[
            InputRequired(NEEDED),
            NumberRange(min=0, max=1000, message=_("Enter a whole number, 0 if nobody.")),
        ],
    )


class NoteForm(Form):
    """What was said."""

    text = PlainTextField(_("What was said?"), least=3, most=4000)


class DecisionForm(Form):
    """A motion and its votes."""

    text = PlainTextField(_("What was decided?"), least=10, most=4000, description=_("The motion, word by word."))
    moved_by = SelectField(_("Moved by"), coerce=int)
    seconded_by = SelectField(_("Seconded by"), coerce=int)
    community_yes = _count(_("For"))
    community_no = _count(_("Against"))
    community_abstained = _count(_("Abstained"))
    institution_yes = _count(_("For"))
    institution_no = _count(_("Against"))
    institution_abstained = _count(_("Abstained"))
    review_on = DateField(
        _("Look at it again by"),
        validators=[Optional()],
        description=_("If it should be looked at again: it will be put before the co-chairs two weeks before."),
    )
    about = SelectField(_("Does it look at an earlier decision again?"), coerce=int)
    approves = SelectField(_("Does it approve the minutes of an earlier meeting?"), coerce=int)

    def offer(self, here: list[SeatFacts], reviews: list[DecisionRow], unapproved: list[Unapproved]) -> None:
        """Who may move and second, and what may be looked at again or approved."""
        choices = [SelectChoice(seat.id, f"{seat.name}, {SIDES[seat.side]}") for seat in here]
        self.moved_by.choices = self.seconded_by.choices = [SelectChoice(NOBODY, gettext("Choose somebody")), *choices]
        no = SelectChoice(NOBODY, gettext("No"))
        self.about.choices = [no] + [SelectChoice(r.outcome_id, f"{r.meeting_code}: {r.text[:80]}") for r in reviews]
        self.approves.choices = [no] + [SelectChoice(u.meeting_id, f"{u.code}: {u.title}") for u in unapproved]

    def validate_moved_by(self, field: SelectField) -> None:
        """Somebody has to be chosen."""
        if field.data == NOBODY:
            raise ValidationError(_("Choose one."))

    validate_seconded_by = validate_moved_by

    def command(self) -> RecordDecision:
        """The answers as a command."""
        return RecordDecision(
            text=self.text.data or "",
            moved_by=self.moved_by.data,
            seconded_by=self.seconded_by.data,
            community=self._tally("community"),
            institution=self._tally("institution"),
            review_on=self.review_on.data,
            about_id=self.about.data or None,
            approves=self.approves.data or None,
        )

    def _tally(self, side: str) -> Tally:
        yes, no, abstained = (self[f"{side}_{word}"].data or 0 for word in ("yes", "no", "abstained"))
        return Tally(yes=yes, no=no, abstained=abstained)


class ActionForm(Form):
    """Who does what by when."""

    text = PlainTextField(_("What will be done?"), least=5, most=2000)
    owner_seat = SelectField(_("Who does it?"), coerce=int)
    owner = LineField(
        _("If somebody without a seat does it: who?"),
        least=0,
        most=160,
        description=_("An organization or a role, not a private person."),
    )
    due_on = DateField(_("By when?"), validators=[InputRequired(NEEDED)])

    def offer(self, seats: list[SeatFacts]) -> None:
        """Everybody with a seat."""
        choices = [SelectChoice(seat.id, f"{seat.name}, {SIDES[seat.side]}") for seat in seats]
        self.owner_seat.choices = [SelectChoice(NOBODY, gettext("Somebody without a seat")), *choices]

    def command(self) -> AgreeAction:
        """The answers as a command."""
        assert self.due_on.data is not None
        return AgreeAction(
            text=self.text.data or "",
            owner_seat_id=self.owner_seat.data or None,
            owner=self.owner.data or "",
            due_on=self.due_on.data,
        )


class EndActionForm(Form):
    """What became of an action."""

    state = RadioField(
        _("What became of it?"),
        choices=[
            SelectChoice(ActionState.DONE.value, _("It is done")),
            SelectChoice(ActionState.DROPPED.value, _("It will not be done")),
        ],
        default=ActionState.DONE.value,
    )
    words = PlainTextField(
        _("How can one see it, or why not?"), least=5, most=1000, description=_("Everybody can read it.")
    )

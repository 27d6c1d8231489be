"""The forms of a meeting: what, when and where; another day; why not."""

from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, RadioField, TimeField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from app.core.forms import Form, LineField, PlainTextField
from app.taskforces.meetings import words
from app.taskforces.meetings.queries import MeetingFacts
from app.taskforces.meetings.rules import MeetingKind
from app.taskforces.meetings.services import When, WriteMeeting
from app.taskforces.seats.rules import Side
from app.taskforces.seats.words import SIDES

NEEDED = _("This is needed. Please fill it in.")


class WhenForm(Form):
    """A day and hours."""

    day = DateField(_("Day"), validators=[InputRequired(NEEDED)])
    begins = TimeField(_("Begins"), validators=[InputRequired(NEEDED)])
    ends = TimeField(_("Ends"), validators=[InputRequired(NEEDED)])

    def when(self) -> When:
        """The answers as a day and hours."""
        assert self.day.data is not None and self.begins.data is not None and self.ends.data is not None
        return When(day=self.day.data, begins=self.begins.data, ends=self.ends.data)


class MeetingForm(WhenForm):
    """What a meeting is, when and where, and how people get in and follow it."""

    kind = RadioField(
        _("What kind of meeting is it?"),
        choices=[SelectChoice(kind.value, words.KINDS[kind]) for kind in MeetingKind],
        default=MeetingKind.REGULAR.value,
        description=_(
            "A regular meeting and an assembly are announced seven days before, a special meeting three. An assembly"
            " hears residents and decides nothing."
        ),
    )
    title = LineField(_("Title"), most=120, description=_("For example: June meeting."))
    place = LineField(_("Where?"), most=200, description=_("The house, the room and the street."))
    access = PlainTextField(
        _("How do people get in, hear and see?"),
        least=10,
        most=1000,
        description=_("Steps or none, lift, toilets, hearing loop, help with children, whom to call."),
    )
    interpretation = PlainTextField(
        _("In which languages can one follow it?"),
        least=2,
        most=600,
        description=_("Interpretation and sign language too, and until when to ask for it."),
    )
    childcare = PlainTextField(
        _("What is offered for children?"),
        least=0,
        most=600,
        description=_("Who looks after them, from which age, where, and until when to tell you. Leave out if nothing."),
    )
    online_link = LineField(
        _("Link to follow it online"), least=0, most=300, description=_("It begins with https://. Leave out if none.")
    )
    chairing_side = RadioField(
        _("Who is in the chair?"),
        choices=[SelectChoice(side.value, SIDES[side]) for side in Side],
        default=Side.COMMUNITY.value,
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field for itself; and a link is one to the web."""
        good = bool(super().validate(extra_validators))
        link = self.online_link.data or ""
        if link and not self.online_link.errors and not link.startswith(("https://", "http://")):
            self.online_link.errors = [gettext("Enter a whole address that begins with https://.")]
            return False
        return good

    def fill(self, meeting: MeetingFacts) -> None:
        """The facts as they are, on the clocks of the neighborhood."""
        start, end = (at.astimezone(ZoneInfo(meeting.time_zone)) for at in (meeting.starts_at, meeting.ends_at))
        self.day.data, self.begins.data, self.ends.data = start.date(), start.time(), end.time()
        self.kind.data, self.chairing_side.data = meeting.kind.value, meeting.chairing_side.value
        for name in ("title", "place", "access", "interpretation", "childcare", "online_link"):
            self[name].data = getattr(meeting, name)

    def command(self) -> WriteMeeting:
        """The answers as a command."""
        return WriteMeeting(
            kind=MeetingKind(self.kind.data),
            title=self.title.data or "",
            when=self.when(),
            place=self.place.data or "",
            access=self.access.data or "",
            interpretation=self.interpretation.data or "",
            childcare=self.childcare.data or None,
            online_link=self.online_link.data or None,
            chairing_side=Side(self.chairing_side.data),
        )


class ReasonForm(Form):
    """Why a meeting does not happen."""

    reason = PlainTextField(_("Why?"), least=10, most=600, description=_("Everybody reads it, and calendars show it."))

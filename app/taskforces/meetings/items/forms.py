"""The form of an item of an agenda."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import IntegerField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from app.core.forms import Form, LineField, PlainTextField
from app.taskforces.meetings.items.queries import ItemFacts
from app.taskforces.meetings.items.rules import Purpose
from app.taskforces.meetings.items.services import WriteItem
from app.taskforces.meetings.items.words import PURPOSES
from app.taskforces.projects.queries import ProjectCard

NO_PROJECT = 0
NEEDED = _("This is needed. Please fill it in.")


class ItemForm(Form):
    """What to talk about."""

    title = LineField(_("What is it about, in one line?"), most=160)
    purpose = RadioField(
        _("What is it for?"),
        choices=[SelectChoice(purpose.value, PURPOSES[purpose]) for purpose in Purpose],
        default=Purpose.DISCUSS.value,
    )
    project = SelectField(
        _("Is it about a project?"),
        coerce=int,
        description=_("Whoever has declared an interest in it does not vote about it."),
    )
    about = PlainTextField(
        _("What should people know before?"), least=0, most=2000, description=_("Everybody can read it.")
    )
    lead = LineField(_("Who leads it?"), most=160, description=_("A public name, an organization or a role."))
    minutes = IntegerField(
        _("For how many minutes?"),
        default=15,
        validators=[
            InputRequired(NEEDED),
            NumberRange(min=1, max=480, message=_("Enter a number of minutes from 1 to 480.")),
        ],
    )
    note = PlainTextField(
        _("Note for the chair's copy"),
        least=0,
        most=2000,
        description=_("Only the co-chairs, their deputies and the secretary see it."),
    )

    motion = PlainTextField(
        _("Draft of the motion"),
        least=0,
        most=2000,
        description=_("What would be put to the vote, word for word. Only those who lead the meeting see the draft."),
    )

    def offer(self, projects: list[ProjectCard]) -> None:
        """The projects of the task force."""
        choices = [SelectChoice(card.id, card.title) for card in projects]
        self.project.choices = [SelectChoice(NO_PROJECT, gettext("No")), *choices]

    def fill(self, item: ItemFacts) -> None:
        """The item as it is."""
        self.purpose.data, self.project.data = item.purpose.value, item.project_id or NO_PROJECT
        for name in ("title", "about", "lead", "minutes", "note", "motion"):
            self[name].data = getattr(item, name)

    def command(self) -> WriteItem:
        """The answers as a command."""
        return WriteItem(
            title=self.title.data or "",
            purpose=Purpose(self.purpose.data),
            about=self.about.data or "",
            lead=self.lead.data or "",
            minutes=self.minutes.data or 0,
            note=self.note.data or "",
            motion=self.motion.data or None,
            project_id=self.project.data or None,
        )

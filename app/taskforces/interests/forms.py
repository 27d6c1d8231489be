"""The form with which somebody declares an interest."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from app.core.forms import Form, PlainTextField
from app.taskforces.interests import words
from app.taskforces.interests.rules import LEAST_WORDS, Effect
from app.taskforces.interests.services import DeclareInterest
from app.taskforces.organizations.queries import OrganizationFacts
from app.taskforces.projects.queries import ProjectCard

PROJECT, ORGANIZATION = "p", "o"


class InterestForm(Form):
    """What somebody is close to, how, and what follows."""

    about = SelectField(_("Project or organization"), validators=[InputRequired(_("Choose one."))])
    text = PlainTextField(
        _("What it is"),
        least=LEAST_WORDS,
        most=1000,
        description=_("For example: my sister works there. Everybody can read it, so name nobody."),
    )
    effect = RadioField(
        _("What follows"),
        choices=[SelectChoice(e.value, words.EFFECTS[e]) for e in Effect],
        default=Effect.RECUSE.value,
    )

    def offer(self, projects: Iterable[ProjectCard], organizations: Iterable[OrganizationFacts]) -> None:
        """The projects and the organizations to choose from."""
        found = [SelectChoice(f"{PROJECT}{each.id}", each.title) for each in projects]
        found += [SelectChoice(f"{ORGANIZATION}{each.id}", each.name) for each in organizations]
        self.about.choices = [SelectChoice("", _("Choose one.")), *found]

    def command(self) -> DeclareInterest:
        """The answers as a command."""
        kind, number = (self.about.data or "")[:1], int((self.about.data or "")[1:])
        return DeclareInterest(
            project_id=number if kind == PROJECT else None,
            organization_id=number if kind == ORGANIZATION else None,
            text=self.text.data or "",
            effect=Effect(self.effect.data),
        )

"""The form that constitutes a task force."""

from flask_babel import lazy_gettext as _
from wtforms import SelectField

from app.core.forms import Form, LineField, PlainTextField
from app.places.queries import NeighborhoodFacts
from app.taskforces.services import ConstituteTaskForce


class ConstituteForm(Form):
    """A new task force."""

    neighborhood_id = SelectField(_("Neighborhood"), coerce=int)
    name = LineField(_("Name"), most=120, description=_("For example: Lighting task force."))
    charter = PlainTextField(
        _("Charter"),
        least=40,
        most=4000,
        description=_("What it is for, how it decides, how often it meets. Everybody can read it."),
    )

    def offer(self, neighborhoods: list[NeighborhoodFacts]) -> None:
        """The neighborhoods to choose from."""
        self.neighborhood_id.choices = [(where.id, where.name) for where in neighborhoods]

    def command(self) -> ConstituteTaskForce:
        """The answers as a command."""
        return ConstituteTaskForce(name=self.name.data or "", charter=self.charter.data or "")

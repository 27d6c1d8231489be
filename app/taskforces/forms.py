"""The forms of a task force: its charter, and its end."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms import DateField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional

from app.core.forms import Form, LineField, PlainTextField
from app.places.queries import AreaFacts, NeighborhoodFacts
from app.taskforces.queries import TaskForceFacts
from app.taskforces.rules import LEAST_CHARTER
from app.taskforces.services import DissolveTaskForce, WriteCharter

NOTHING = 0


class CharterForm(Form):
    """What a task force is for."""

    name = LineField(_("Name"), most=120, description=_("For example: Lighting task force."))
    theme = LineField(
        _("Theme, in a few words"), least=0, most=160, description=_("For example: lamps and safe ways home.")
    )
    area_id = SelectField(_("Area"), coerce=int)
    charter = PlainTextField(
        _("Charter"),
        least=LEAST_CHARTER,
        most=4000,
        description=_("What it is for, how it decides, how often it meets. Everybody can read it."),
    )
    review_on = DateField(_("Day on which the charter is looked at again"), validators=[Optional()])

    def areas(self, places: Iterable[tuple[NeighborhoodFacts, list[AreaFacts]]]) -> None:
        """The areas to choose from, with their neighborhood where there are several."""
        found = list(places)
        label = "{where} · {area}" if len(found) > 1 else "{area}"
        named = [(area.id, label.format(where=where.name, area=area.name)) for where, here in found for area in here]
        self.area_id.choices = [SelectChoice(NOTHING, _("The whole neighborhood")), *(SelectChoice(*n) for n in named)]

    def fill(self, body: TaskForceFacts) -> None:
        """Start from what is."""
        self.name.data, self.theme.data, self.charter.data = body.name, body.theme, body.charter
        self.area_id.data, self.review_on.data = body.area_id or NOTHING, body.review_on

    def command(self) -> WriteCharter:
        """The answers as a command."""
        return WriteCharter(
            name=self.name.data or "",
            theme=self.theme.data or "",
            charter=self.charter.data or "",
            area_id=self.area_id.data or None,
            review_on=self.review_on.data,
        )


class ProposeForm(CharterForm):
    """A new task force."""

    neighborhood_id = SelectField(_("Neighborhood"), coerce=int)

    def offer(self, neighborhoods: Iterable[NeighborhoodFacts]) -> None:
        """The neighborhoods to choose from."""
        self.neighborhood_id.choices = [SelectChoice(where.id, where.name) for where in neighborhoods]


class DissolveForm(Form):
    """Why a task force ends, and who takes its projects on."""

    successor_id = SelectField(_("Who takes its projects on"), coerce=int)
    reason = PlainTextField(_("Why it is dissolved"), least=20, most=1000, description=_("Everybody can read it."))

    def offer(self, bodies: Iterable[TaskForceFacts]) -> None:
        """The task forces to choose from."""
        self.successor_id.choices = [
            SelectChoice(NOTHING, _("Nobody: it has no projects")),
            *(SelectChoice(body.id, body.name) for body in bodies),
        ]

    def command(self) -> DissolveTaskForce:
        """The answers as a command."""
        return DissolveTaskForce(reason=self.reason.data or "", successor_id=self.successor_id.data or None)

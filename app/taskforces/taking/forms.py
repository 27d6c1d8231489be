"""What a clerk fills in about who takes projects on."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.fields import SelectChoice

from app.core.forms import Form
from app.places.queries import AreaFacts, CategoryFacts
from app.taskforces.queries import TaskForceFacts
from app.taskforces.taking.services import SettleRemits

NOBODY = 0


class TakerForm(Form):
    """Which task force would take one proposal on."""

    task_force_id = SelectField(_("Task force"), coerce=int)

    def offer(self, bodies: Sequence[TaskForceFacts]) -> None:
        """The task forces of the neighborhood, and the default."""
        default = SelectChoice(NOBODY, _("As its category or area says"))
        self.task_force_id.choices = [default, *(SelectChoice(body.id, body.name) for body in bodies)]

    @property
    def chosen(self) -> int | None:
        """The task force; None for the default."""
        return self.task_force_id.data or None


class RemitsForm(Form):
    """Which task force takes on the projects of each category and each area; made by `remits_form`."""

    kinds: tuple[CategoryFacts, ...] = ()
    areas: tuple[AreaFacts, ...] = ()

    def command(self) -> SettleRemits:
        """The answers as a command."""
        return SettleRemits(
            categories={each.id: body for each in self.kinds if (body := self[f"category_{each.id}"].data)},
            areas={each.id: body for each in self.areas if (body := self[f"area_{each.id}"].data)},
        )


def remits_form(
    kinds: Iterable[CategoryFacts], areas: Iterable[AreaFacts], bodies: Sequence[TaskForceFacts]
) -> type[RemitsForm]:
    """A form with one question for each category and each area of a neighborhood."""
    choices = [SelectChoice(NOBODY, _("None")), *(SelectChoice(body.id, body.name) for body in bodies)]
    kinds, areas = tuple(kinds), tuple(areas)
    asked: dict[str, Any] = {"kinds": kinds, "areas": areas}
    for each in kinds:
        asked[f"category_{each.id}"] = SelectField(each.name, coerce=int, choices=choices)
    for place in areas:
        asked[f"area_{place.id}"] = SelectField(place.name, coerce=int, choices=choices)
    return type("RemitsOfPlace", (RemitsForm,), asked)

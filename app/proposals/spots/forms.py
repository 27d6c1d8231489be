"""What an author answers about the place: on the map, in words, or everywhere; alone, or as a step of a longer form."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from markupsafe import Markup
from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from app.core.forms import Form, LineField
from app.places import maps
from app.places.queries import AreaFacts
from app.proposals.forms import options
from app.proposals.spots import words
from app.proposals.spots.rules import (
    ON_THE_MAP,
    Spot,
    Where,
    WhyNot,
    area_at,
    deeper,
    grid_in,
    has_map,
    read_spot,
    spot_of,
    squares,
    why_not,
)
from app.proposals.spots.services import SayWhere

MAP = "map"
HOW = {
    MAP: _("I mark it on the map"),
    Where.WORDS.value: _("I say it in words"),
    Where.EVERYWHERE.value: _("It is for the whole neighborhood"),
}


class PlaceForm(Form):
    """Where a proposal is. Call `offer` first; then `show` what is known, or `look_closer` at a square."""

    how = RadioField(_("How do you want to say where it is?"), validators=[InputRequired(_("Please choose one."))])
    square = SelectField(_("Square of the map"), validate_choice=False)
    point = LineField(_("Or its coordinates"), least=0, most=60)
    is_private = BooleanField(_("This is a private address"))
    place = LineField(_("Where, in words?"), least=0, most=200)
    area_id = SelectField(_("Which part of the neighborhood?"))

    def offer(self, areas: Sequence[AreaFacts], *, keeps_exact: bool = False) -> None:
        """The areas to choose from; `keeps_exact` where officers know a private spot already."""
        self.areas, self.keeps_exact = areas, keeps_exact
        self.at: Spot | None = None
        self.mapped = has_map(areas)
        self.how.choices = [SelectChoice(how, label) for how, label in HOW.items() if self.mapped or how != MAP]
        self.area_id.choices = options(areas, gettext("I am not sure"))
        typed = self.square.data if self.square.data and spot_of(areas, self.square.data) else ""
        self._look_at(typed.rpartition("-")[0])

    def show(self, *, place: str, area_id: int | None, kind: Where | None, point: Spot | None) -> None:
        """Fill in what a proposal says already; a private spot is never shown again, only kept."""
        on_map = kind in ON_THE_MAP or (kind is None and self.mapped)
        self.how.data = MAP if on_map else (kind or Where.WORDS).value
        self.point.data = point.typed() if point else ""
        self.is_private.data = kind is Where.AREA
        self.place.data, self.area_id.data = place, str(area_id or "")

    def look_closer(self) -> bool:
        """Show the chosen square larger, divided again; not where none is chosen or it is small enough."""
        if not self.square.data or spot_of(self.areas, self.square.data) is None or not deeper(self.square.data):
            return False
        self._look_at(self.square.data)
        self.square.data = ""
        return True

    def look_at_all(self) -> None:
        """Show the whole map again."""
        self._look_at("")
        self.square.data = ""

    def drawing(self) -> Markup | None:
        """The map with the squares to choose from, and what is marked."""
        shapes = [maps.Shape(name=area.name, boundary=area.boundary) for area in self.areas if area.boundary]
        at = read_spot(self.point.data or "")
        seen = at is not None and area_at(self.areas, at) is not None and not self.window
        marks = [maps.Point(longitude=at.longitude, latitude=at.latitude, label="")] if at and seen else []
        title = gettext("Map with squares; the list below names each with its area.")
        return maps.draw(shapes, marks, title=title, grid=grid_in(self.areas, self.window))

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field for itself, then the place as a whole; a chosen square counts more than coordinates."""
        if not super().validate(extra_validators):
            return False
        self.at = spot_of(self.areas, self.square.data) if self.square.data else read_spot(self.point.data or "")
        if self.how.data == MAP and self.at is None and (self.square.data or self.point.data):
            return self._wrong("square" if self.square.data else "point", words.UNREADABLE)
        reason = self._why_not()
        return reason is None or self._wrong(*words.REASONS[reason])

    def command(self) -> SayWhere:
        """The answers as a command."""
        on_map = self.how.data == MAP
        return SayWhere(
            where=self._where(),
            place=self.place.data or "",
            area_id=int(self.area_id.data) if self.area_id.data else None,
            at=self.at if on_map else None,
        )

    def _where(self) -> Where:
        if self.how.data == MAP:
            return Where.AREA if self.is_private.data else Where.POINT
        return Where(self.how.data)

    def _why_not(self) -> WhyNot | None:
        said = self.command()
        keeps = self.keeps_exact and said.where is Where.AREA
        return why_not(said.where, self.areas, words=said.place, area_id=said.area_id, at=said.at, keeps=keeps)

    def _wrong(self, field: str, message: Any) -> bool:
        wrong = self._fields[field]
        wrong.errors = [*wrong.errors, str(message)]
        return False

    def _look_at(self, path: str) -> None:
        self.window = path
        found = squares(self.areas, path) if self.mapped else []
        choices = [SelectChoice(name, name, optgroup=area) for name, area, _at in found]
        choices.sort(key=lambda choice: choice.optgroup or "")
        self.square.choices = [SelectChoice("", gettext("None of them")), *choices]

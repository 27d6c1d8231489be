"""What clerks fill in about places."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import RadioField, SelectField, SelectMultipleField, SubmitField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import Form, LineField, PlainTextField, clean, offered
from app.core.languages import LANGUAGES
from app.places.maps import Shape
from app.places.rules import CURRENCIES, ICONS, BadBoundary, Boundary, boundaries, time_zones
from app.places.services import DescribeCategory, DescribeNeighborhood, DrawArea
from app.places.words import flaw

ICON_WORDS = {
    "youth": _("Youth programs"),
    "lighting": _("Lighting"),
    "wellbeing": _("Mental health and care"),
    "routes": _("Safer routes"),
    "mediation": _("Mediation"),
    "gathering": _("Gathering places"),
    "other": _("A house, for anything else"),
}


class TicksField(SelectMultipleField):
    """Several of a list, each with its own tick box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class NeighborhoodForm(Form):
    """A neighborhood's page."""

    name = LineField(_("Name"), most=120)
    slug = LineField(
        _("Address on this site"),
        most=60,
        least=0,
        description=_("For example riverside. Left empty, it is made from the name."),
    )
    summary = PlainTextField(
        _("Introduction"), most=2000, least=0, description=_("What should somebody know who has never been here?")
    )
    time_zone = SelectField(_("Time zone"), choices=time_zones, description=_("Days and deadlines are counted in it."))
    currency = SelectField(_("Currency"), choices=offered((code, code) for code in CURRENCIES))
    languages = TicksField(_("Languages"), choices=offered(LANGUAGES.items()))

    def command(self) -> DescribeNeighborhood:
        """The answers as a command."""
        return DescribeNeighborhood(
            name=self.name.data,
            slug=self.slug.data or "",
            summary=self.summary.data or "",
            time_zone=self.time_zone.data,
            currency=self.currency.data,
            languages=tuple(self.languages.data or ()),
        )


class AreaForm(Form):
    """One area, or all areas of a file; the outline is pasted or uploaded."""

    name = LineField(_("Name"), most=120, least=0, description=_("May stay empty where the file names its areas."))
    boundary = TextAreaField(
        _("Outline as GeoJSON"),
        filters=[clean],
        description=_("A Polygon, MultiPolygon, Feature or FeatureCollection."),
    )
    file = FileField(_("… or a GeoJSON file"))
    preview = SubmitField(_("Show it on a map first"))

    def __init__(self, *, is_one: bool = False, **more: Any) -> None:
        super().__init__(**more)
        self.is_one = is_one

    def validate(self, extra_validators: Any = None) -> bool:
        """Also read the outlines, so that what is wrong with them stands at their field."""
        self._take_file()
        self.outlines: list[Boundary] = []
        return super().validate(extra_validators) and self._read() and self._named()

    def commands(self) -> tuple[DrawArea, ...]:
        """The answers as commands: one area for each outline, or one without any."""
        if not self.outlines:
            return (DrawArea(name=self.name.data, boundary=None),)
        return tuple(
            DrawArea(name=self._name_of(outline) or "", boundary=outline.geometry) for outline in self.outlines
        )

    def shapes(self) -> list[Shape]:
        """The outlines to show on a map."""
        return [Shape(name=self._name_of(o) or "", boundary=o.geometry, is_highlighted=True) for o in self.outlines]

    def _take_file(self) -> None:
        if not self.file.data:
            return
        try:
            self.boundary.data = self.file.data.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            self.boundary.data = "?"

    def _read(self) -> bool:
        try:
            self.outlines = boundaries(self.boundary.data) if self.boundary.data else []
        except BadBoundary as reason:
            return self._wrong(flaw(reason))
        if self.is_one and len(self.outlines) > 1:
            return self._wrong(_("This is one area. The file holds several."))
        return True

    def _wrong(self, message: Any) -> bool:
        self.boundary.errors = [*self.boundary.errors, message]
        return False

    def _named(self) -> bool:
        if self.outlines and all(self._name_of(outline) for outline in self.outlines):
            return True
        if self.name.data and len(self.outlines) <= 1:
            return True
        several = len(self.outlines) > 1
        message = _("Each area of the file needs a name in its properties.") if several else _("Give the area a name.")
        self.name.errors = [*self.name.errors, message]
        return False

    def _name_of(self, outline: Boundary) -> str | None:
        own = self.name.data if len(self.outlines) == 1 else None
        return own or outline.name


class CategoryForm(Form):
    """A kind of safety project."""

    name = LineField(_("Name"), most=80)
    icon = RadioField(_("Drawing"), choices=offered((icon, ICON_WORDS[icon]) for icon in ICONS))

    def command(self) -> DescribeCategory:
        """The answers as a command."""
        return DescribeCategory(name=self.name.data, icon=self.icon.data)

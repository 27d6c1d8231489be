"""Narrowing the list of projects, and its order."""

from collections.abc import Iterable, Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, Form, SearchField, SelectField
from wtforms.fields import SelectChoice

from app.proposals.forms import picked
from app.taskforces.overview.rules import Sort
from app.taskforces.projects import words
from app.taskforces.projects.queries import ProjectCard, ProjectFilter
from app.taskforces.projects.rules import Status

SORTS = {
    Sort.TROUBLED: _("What needs attention first"),
    Sort.SOONEST: _("What is ready soonest first"),
    Sort.NEWEST: _("Newest year first"),
}


class FilterForm(Form):
    """What a visitor looks for in the list of projects; an answer that is not offered fits nothing."""

    words = SearchField(_("Words"))
    status = SelectField(_("How it goes"))
    category = SelectField(_("Kind of project"))
    area = SelectField(_("Area"))
    year = SelectField(_("Year of the vote"))
    task_force = SelectField(_("Task force"))
    neighborhood = SelectField(_("Neighborhood"))
    sort = SelectField(_("Order"))

    def offer(self, cards: Sequence[ProjectCard]) -> None:
        """Only choices that lead to something."""
        self.status.choices = _choices((s.value, str(words.STATUSES[s])) for s in Status)
        self.category.choices = _choices(sorted({(c.category, c.category) for c in cards}))
        places = {(c.neighborhood_slug, c.neighborhood) for c in cards}
        self.neighborhood.choices = _choices(_by_name(places))
        found = {(str(c.area_id), c.area, c.neighborhood if len(places) > 1 else None) for c in cards if c.area}
        areas = sorted(found, key=lambda each: (each[2] or "", each[1] or ""))
        self.area.choices = [*_choices(()), *(SelectChoice(id_, name, optgroup=home) for id_, name, home in areas)]
        self.year.choices = _choices((str(y), str(y)) for y in sorted({c.year for c in cards}, reverse=True))
        bodies = {(c.task_force_slug, c.task_force) for c in cards if c.task_force_slug and c.task_force}
        self.task_force.choices = _choices(_by_name(bodies))
        self.sort.choices = [SelectChoice(sort.value, str(label)) for sort, label in SORTS.items()]

    @property
    def narrowing(self) -> list[Field]:
        """The fields that leave more than one choice."""
        chosen = (self.status, self.category, self.area, self.year, self.task_force, self.neighborhood)
        return [field for field in chosen if len(field.choices) > 2 or field.data]

    @property
    def order(self) -> Sort:
        """The order that was chosen, else what needs attention first."""
        return Sort(picked(self.sort) or Sort.TROUBLED)

    def wanted(self) -> ProjectFilter:
        """The answers; what was not answered fits everything."""
        return ProjectFilter(
            words=self.words.data or "",
            status=self.status.data or "",
            category=self.category.data or "",
            area=self.area.data or "",
            year=self.year.data or "",
            task_force=self.task_force.data or "",
            neighborhood=self.neighborhood.data or "",
        )


def _choices(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice("", gettext("Any")), *(SelectChoice(value, label) for value, label in pairs)]


def _by_name(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(pairs, key=lambda pair: pair[1])

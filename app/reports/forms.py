"""Answers needed to publish, withdraw or find a report."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SearchField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional, Regexp

from app.core.forms import Form, PlainTextField
from app.core.languages import LANGUAGES
from app.places.forms import TicksField
from app.reports import words
from app.reports.rules import LEAST_NOTE, MOST_NOTE, SHORT, Line, ReportKind
from app.reports.services import Publish

ALL = "all"


class PublishForm(Form):
    """In which languages, and what changed."""

    languages = TicksField(_("Languages"))
    note = PlainTextField(_("What changed since the edition before"), most=MOST_NOTE, least=LEAST_NOTE)

    def offer(self, ready: Sequence[str], *, is_first: bool) -> "PublishForm":
        """Let the clerk choose among the languages in which nothing is missing; the first edition says no change."""
        self.languages.choices = [SelectChoice(code, LANGUAGES[code]) for code in ready]
        if self.languages.data is None:
            self.languages.data = list(ready)
        if is_first:
            del self.note
        return self

    def command(self, line: Line) -> Publish:
        """The next edition of a line."""
        note = self.note.data if "note" in self else ""
        return Publish(
            kind=line.kind,
            subject_id=line.subject_id,
            period=line.period,
            languages=self.languages.data or [],
            note=note or "",
        )


class WithdrawForm(Form):
    """Why an edition does not stand any more."""

    reason = PlainTextField(_("Why this edition does not stand any more"), most=MOST_NOTE, least=LEAST_NOTE)


class LibraryForm(Form):
    """What somebody looks for among the reports."""

    q = SearchField(_("Words in its name"), validators=[Optional(), Length(max=100)])
    kind = SelectField(_("Report"))
    year = SelectField(_("Year"))
    neighborhood = SelectField(_("Neighborhood"))

    def __init__(self, asked: Any, *, years: list[int], neighborhoods: Mapping[int, str]) -> None:
        super().__init__(asked, meta={"csrf": False})
        del self.once
        every = SelectChoice(ALL, str(_("All")))
        self.kind.choices = [every, *(SelectChoice(kind.value, str(name)) for kind, name in words.KINDS.items())]
        self.year.choices = [every, *(SelectChoice(str(year), str(year)) for year in years)]
        self.neighborhood.choices = [every, *(SelectChoice(str(id_), name) for id_, name in neighborhoods.items())]
        for field in (self.kind, self.year, self.neighborhood):
            if not _chosen(field.data):
                field.data = ALL

    def asked(self) -> dict[str, Any]:
        """What the query takes: only what was chosen."""
        return {
            "words": self.q.data or "",
            "kind": ReportKind(self.kind.data) if _chosen(self.kind.data) else None,
            "year": int(self.year.data) if _chosen(self.year.data) else None,
            "neighborhood_id": int(self.neighborhood.data) if _chosen(self.neighborhood.data) else None,
        }


def _chosen(answer: str | None) -> bool:
    return answer not in (None, "", "None", ALL)


def _bare(text: str | None) -> str:
    """What was typed, without spaces and without the word that stands before the code on paper."""
    return re.sub(r"^(data|datos)", "", "".join((text or "").lower().split()))


class HashForm(Form):
    """The code printed at the foot of a page."""

    hash = StringField(
        _("Code from the page’s foot"),
        filters=[_bare],
        validators=[
            Regexp(rf"[0-9a-f]{{{SHORT},64}}$", message=_("Enter at least 12 characters: digits 0–9 and letters a–f."))
        ],
    )

    def __init__(self, asked: Any) -> None:
        super().__init__(asked, meta={"csrf": False})
        del self.once

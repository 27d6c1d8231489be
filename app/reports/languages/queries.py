"""Reading which texts of a report are said in its languages: for those who translate, and for what is frozen."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.db import db
from app.core.errors import DomainError
from app.core.moments import day_in
from app.cycles.models import Cycle
from app.places.models import Neighborhood
from app.proposals.ballot_texts.models import BallotText, BallotTranslation
from app.proposals.models import Proposal
from app.reports import queries as reports
from app.reports.commenting import queries as commenting
from app.reports.commenting.rules import TEXTS as COMMENTS
from app.reports.languages.rules import Text, missing, texts
from app.reports.pages import Figures, document_of
from app.reports.queries import SubjectFacts
from app.reports.rules import Line, plain
from app.taskforces.projects.models import Project
from app.taskforces.updates.models import Update
from app.taskforces.updates.versions.models import UpdateVersion
from app.translating import queries as translations
from app.translating.queries import TranslationRow
from app.translating.rules import text_hash

BALLOT, UPDATE = "ballot", "update"
"""Where a wording comes from that was made elsewhere: with the ballot's text, or with an update."""


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What stands for a text in a language, as an edition freezes it."""

    mark: str
    source: str
    rendering: str
    wording: str
    by: str
    translated_on: date
    read_by: str | None
    read_on: date | None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How far a report is in one language."""

    language: str
    texts: int
    """How many of its texts are in another language."""
    missing: int

    @property
    def is_ready(self) -> bool:
        """Whether it can be published in it."""
        return not self.missing


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A text on the page of those who translate, with its newest wording, or the one made elsewhere."""

    text: Text
    newest: TranslationRow | None
    elsewhere: Wording | None

    @property
    def is_done(self) -> bool:
        """Whether a report can print it."""
        return self.elsewhere is not None or (self.newest is not None and self.newest.is_public)


def source_of(subject: SubjectFacts) -> str:
    """The language in which people of a neighborhood write where nothing else is said: its first."""
    return subject.languages[0] if subject.languages else "en"


def texts_of(line: Line) -> list[Text]:
    """The texts a report would print today; refused where there is nothing to report."""
    return in_figures(line, commenting.figures_of(line), reports.subject_of(line))


def in_figures(line: Line, figures: Figures, subject: SubjectFacts) -> list[Text]:
    """The texts in a report's figures, as JSON has them."""
    return texts(figures, (*document_of(line.kind).texts, *COMMENTS), source_of(subject))


def known(neighborhood_id: int, found: Iterable[Text], language: str) -> dict[str, Wording]:
    """By mark: what stands for each of these texts in a language; what was translated here counts before the rest."""
    wanted = {each.mark for each in found if each.language != language}
    if not wanted:
        return {}
    here = translations.public(neighborhood_id, wanted, language)
    made = elsewhere(neighborhood_id, wanted, language)
    return made | {mark: _wording(row) for mark, row in here.items()}


def standings(line: Line, languages: Collection[str]) -> list[Standing]:
    """How far a report is in each of these languages."""
    found, subject = texts_of(line), reports.subject_of(line)
    rows = []
    for language in languages:
        others = [each for each in found if each.language != language]
        left = missing(found, language, known(subject.neighborhood_id, found, language))
        rows.append(Standing(language=language, texts=len(others), missing=len(left)))
    return rows


def told(line: Line, languages: Collection[str]) -> list[Standing]:
    """The same for a page: where there is nothing to report yet, nothing is missing either."""
    try:
        return standings(line, languages)
    except DomainError:
        return [Standing(language=language, texts=0, missing=0) for language in languages]


def ready(line: Line, among: Collection[str]) -> list[str]:
    """Those of some languages in which a report can be published today."""
    return [each.language for each in standings(line, among) if each.is_ready]


def entries(line: Line, language: str) -> list[Entry]:
    """The texts of a report that are in another language than this, in their order, with what there is of each."""
    subject = reports.subject_of(line)
    found = [each for each in texts_of(line) if each.needs(language)]
    marks = [each.mark for each in found]
    newest = translations.newest(subject.neighborhood_id, marks, language)
    made = elsewhere(subject.neighborhood_id, set(marks), language)
    return [Entry(text=each, newest=newest.get(each.mark), elsewhere=made.get(each.mark)) for each in found]


def frozen(line: Line, figures: Figures, subject: SubjectFacts, languages: Sequence[str]) -> tuple[Any, list[str]]:
    """What an edition freezes of its texts in other languages, by language; and in which something is missing."""
    found = in_figures(line, figures, subject)
    kept, short = {}, []
    for language in languages:
        there = known(subject.neighborhood_id, found, language)
        if missing(found, language, there):
            short.append(language)
        if there:
            kept[language] = [plain(asdict(there[mark])) for mark in dict.fromkeys(_marks(found)) if mark in there]
    return kept, short


def elsewhere(neighborhood_id: int, wanted: Collection[str], language: str) -> dict[str, Wording]:
    """By mark: wordings that were made with the texts of the ballot or with an update."""
    zone = db.session.get_one(Neighborhood, neighborhood_id).time_zone
    found: dict[str, Wording] = {}
    for pairs, by, at, origin in (*_of_ballots(neighborhood_id, language), *_of_updates(neighborhood_id, language)):
        for words, wording in pairs:
            mark = text_hash(words)
            if mark in wanted:
                on = day_in(zone, at)
                found[mark] = Wording(
                    mark=mark,
                    source="",
                    rendering=origin,
                    wording=wording,
                    by=by,
                    translated_on=on,
                    read_by=None,
                    read_on=None,
                )
    return found


def _marks(found: Iterable[Text]) -> list[str]:
    return [each.mark for each in found]


def _of_ballots(neighborhood_id: int, language: str) -> list[tuple[Any, ...]]:
    query = (
        sa.select(BallotTranslation, BallotText.text, Proposal.title, Person.public_name)
        .join(BallotText, BallotText.id == BallotTranslation.text_id)
        .join(Proposal, Proposal.id == BallotText.proposal_id)
        .join(Cycle, Cycle.id == Proposal.cycle_id)
        .join(Person, Person.id == BallotTranslation.written_by_id)
        .where(Cycle.neighborhood_id == neighborhood_id, BallotTranslation.language == language)
        .order_by(BallotTranslation.id)
    )
    return [
        (((text, row.text), (title, row.title)), by, row.written_at, BALLOT)
        for row, text, title, by in db.session.execute(query)
    ]


def _of_updates(neighborhood_id: int, language: str) -> list[tuple[Any, ...]]:
    query = (
        sa.select(UpdateVersion, Update, Person.public_name)
        .join(Update, Update.id == UpdateVersion.update_id)
        .join(Project, Project.id == Update.project_id)
        .join(Cycle, Cycle.id == Project.cycle_id)
        .join(Person, Person.id == UpdateVersion.person_id)
        .where(Cycle.neighborhood_id == neighborhood_id, UpdateVersion.language == language)
        .order_by(UpdateVersion.number)
    )
    names = ("what_changed", "why", "what_next")
    return [
        (tuple((getattr(own, name), getattr(row, name)) for name in names), by, row.translated_at, UPDATE)
        for row, own, by in db.session.execute(query)
    ]


def _wording(row: TranslationRow) -> Wording:
    return Wording(
        mark=row.text_hash,
        source=row.source,
        rendering=row.rendering,
        wording=row.wording,
        by=row.by,
        translated_on=row.translated_on,
        read_by=row.read_by,
        read_on=row.read_on,
    )

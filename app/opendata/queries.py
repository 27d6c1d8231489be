"""The files of each data set, as they are on offer to everybody right now."""

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256

from flask import current_app, url_for
from flask_babel import gettext as _

from app.core.addresses import whole
from app.cycles import queries as cycles
from app.opendata.budget.exports import budget_csv, package_json
from app.opendata.governance.exports import governance_json
from app.opendata.places.exports import projects_geojson
from app.opendata.projects.exports import oc4ids_json
from app.opendata.rules import LICENSES, File, Name, hash_of
from app.places.queries import neighborhoods
from app.reports import queries as editions
from app.reports.rules import EditionStage
from app.taskforces import queries as bodies
from app.taskforces.spending.reconciliation.queries import cycles_with_a_ledger
from app.voting.results import exports as result_files
from app.voting.results import queries as results
from app.voting.results.bundle.rules import OUTCOME, SET

CSV, JSON, GEOJSON = "text/csv", "application/json", "application/geo+json"
CALENDAR, ATOM = "text/calendar", "application/atom+xml"


def files_of(name: Name) -> Iterator[File]:
    """The files of a data set, those about the newest cycle first."""
    return _FILES[name]()


def license_() -> str:
    """The open license of the site, by its SPDX word."""
    return str(current_app.config["OPEN_LICENSE"])


def oc4ids() -> Iterator[str]:
    """The projects with the site's registered prefix and license."""
    return oc4ids_json(prefix=current_app.config["OC4IDS_PREFIX"], license_url=LICENSES[license_()])


def _projects() -> Iterator[File]:
    yield _made(_("All projects"), url_for("opendata.oc4ids"), JSON, oc4ids())


def _places() -> Iterator[File]:
    yield _made(_("All projects"), url_for("opendata.places"), GEOJSON, projects_geojson())


def _budget() -> Iterator[File]:
    package = [package_json(license_())]
    yield _made(_("The description"), url_for("opendata.package"), JSON, iter(package))
    yield _made(_("The table"), url_for("opendata.budget"), CSV, budget_csv())


def _governance() -> Iterator[File]:
    yield _made(_("All task forces"), url_for("opendata.governance"), JSON, governance_json())


def _ledgers() -> Iterator[File]:
    for cycle_id, name in cycles_with_a_ledger():
        for file, kind in (("ledger.csv", CSV), ("ledger.json", JSON)):
            yield _file(f"{name}: {file}", url_for("ledger.download", cycle_id=cycle_id, name=file), kind)
    yield _file("columns.json", url_for("ledger.columns"), JSON)


def _reconciliations() -> Iterator[File]:
    for cycle_id, name in cycles_with_a_ledger():
        yield _file(f"{name}: reconciliation.csv", url_for("reconciliation.download", cycle_id=cycle_id), CSV)


def _results() -> Iterator[File]:
    """What the level on each rule card publishes of the count that stands."""
    number, pages = 1, 1
    while number <= pages:
        page = results.cards(page=number)
        number, pages = number + 1, page.pages
        for card in page.items:
            vote, record = results.published(card.cycle_id, None)
            known = {SET: record.closed_set_hash, OUTCOME: sha256(record.outcome.encode()).hexdigest()}
            for name in result_files.on_offer(vote, record):
                kind = result_files.DATASETS[name].media_type.partition(";")[0]
                address = url_for("results.download", cycle_id=card.cycle_id, name=name)
                yield _file(f"{card.cycle_name}: {name}", address, kind, known.get(name))


def _rule_cards() -> Iterator[File]:
    for cycle in cycles.public_cycles():
        if cycle.rule_card_hash:
            address = url_for("cycles.rule_card_json", cycle_id=cycle.id)
            yield _file(f"{cycle.name}: rule-card.json", address, JSON, cycle.rule_card_hash)


def _reports() -> Iterator[File]:
    """The figures of editions that are public and stand; drafts are none of them, and withdrawn ones are tombstones."""
    number, pages = 1, 1
    while number <= pages:
        page = editions.editions(page=number, size=100)
        number, pages = number + 1, page.pages
        for row in page.items:
            if row.stage is EditionStage.PUBLISHED:
                yield _file(row.code, url_for("reports.data", edition_id=row.id), JSON, row.data_hash)


def _calendars() -> Iterator[File]:
    yield _file(_("All task forces"), url_for("calendar.everything"), CALENDAR)
    for body in bodies.task_forces():
        yield _file(body.name, url_for("calendar.of_task_force", slug=body.slug), CALENDAR)


def _outlines() -> Iterator[File]:
    for place in neighborhoods():
        yield _file(place.name, url_for("places.outlines", slug=place.slug), GEOJSON)


def _feeds() -> Iterator[File]:
    yield _file(_("Updates from projects"), url_for("opendata.feed", name="updates.atom"), ATOM)
    yield _file(_("Setbacks"), url_for("opendata.feed", name="setbacks.atom"), ATOM)


_FILES: Mapping[Name, Callable[[], Iterator[File]]] = {
    Name.PROJECTS: _projects,
    Name.PLACES: _places,
    Name.BUDGET: _budget,
    Name.LEDGER: _ledgers,
    Name.RECONCILIATION: _reconciliations,
    Name.RESULTS: _results,
    Name.RULE_CARDS: _rule_cards,
    Name.REPORTS: _reports,
    Name.GOVERNANCE: _governance,
    Name.CALENDARS: _calendars,
    Name.OUTLINES: _outlines,
    Name.FEEDS: _feeds,
}


def _made(title: str, address: str, media_type: str, parts: Iterator[str]) -> File:
    return _file(title, address, media_type, hash_of(parts)[0])


def _file(title: str, address: str, media_type: str, hash_: str | None = None) -> File:
    return File(title=title, url=whole(address), media_type=media_type, hash=hash_)

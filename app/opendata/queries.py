"""The files of each data set, as they are on offer to everybody right now."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial

from flask import current_app, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from app.core.addresses import whole
from app.cycles import queries as cycles
from app.opendata.budget.exports import budget_csv, package_json
from app.opendata.delivery.exports import delivery_csv
from app.opendata.feeds.exports import setbacks_atom, updates_atom
from app.opendata.governance.exports import governance_json
from app.opendata.indicators.exports import indicators_csv
from app.opendata.ledgers.exports import ledgers_csv
from app.opendata.milestones.exports import milestones_csv
from app.opendata.places.exports import projects_geojson
from app.opendata.projects.exports import oc4ids_json
from app.opendata.rules import LICENSES, File, Name, hash_of
from app.places.exports import outlines
from app.places.queries import neighborhoods
from app.reports import queries as editions
from app.reports.rules import EditionStage
from app.reports.shelves import exports as shelves
from app.taskforces import queries as bodies
from app.taskforces.meetings.calendar import exports as calendars
from app.taskforces.spending.chain import queries as chain
from app.taskforces.spending.chain.exports import dictionary_json, ledger_csv, ledger_json
from app.taskforces.spending.chain.queries import LedgerEnd
from app.taskforces.spending.reconciliation.queries import cycles_with_a_ledger
from app.voting.log.queries import closing_head
from app.voting.results import exports as result_files
from app.voting.results import queries as results

CSV, JSON, GEOJSON = "text/csv", "application/json", "application/geo+json"
CALENDAR, ATOM = "text/calendar", "application/atom+xml"
Made = Callable[[], str | bytes | Iterator[str]]
"""What makes a file, whole or in parts."""


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
    yield _made(_("All projects"), url_for("opendata.oc4ids"), JSON, oc4ids)


def _places() -> Iterator[File]:
    yield _made(_("All projects"), url_for("opendata.places"), GEOJSON, projects_geojson)


def _budget() -> Iterator[File]:
    yield _made(_("The description"), url_for("opendata.package"), JSON, partial(package_json, license_()))
    yield _made(_("The table"), url_for("opendata.budget"), CSV, budget_csv)


def _milestones() -> Iterator[File]:
    yield _made(_("All projects"), url_for("opendata.milestones"), CSV, milestones_csv)


def _governance() -> Iterator[File]:
    yield _made(_("All task forces"), url_for("opendata.governance"), JSON, governance_json)


def _ledgers() -> Iterator[File]:
    yield _file(_("All cycles"), url_for("opendata.ledgers"), CSV, _of_all_ledgers(chain.ledger_ends()))
    for cycle_id, name in cycles_with_a_ledger():
        head = chain.head(cycle_id)
        for file, kind in (("ledger.csv", CSV), ("ledger.json", JSON)):
            address = url_for("ledger.download", cycle_id=cycle_id, name=file)
            yield _file(f"{name}: {file}", address, kind, _of_ledger(cycle_id, head, file))
    yield _made("columns.json", url_for("ledger.columns"), JSON, dictionary_json)


@lru_cache(maxsize=4)
def _of_all_ledgers(_ends: tuple[LedgerEnd, ...]) -> str:
    """The hash of all ledgers as one file: the same for as long as no chain grows and no cycle is called otherwise."""
    return hash_of(ledgers_csv())[0]


@lru_cache(maxsize=256)
def _of_ledger(cycle_id: int, head: str | None, file: str) -> str:
    """The hash of a cycle's ledger as a file: the same for as long as the chain ends with `head`."""
    links = chain.links(cycle_id)
    return hash_of(ledger_csv(links) if file == "ledger.csv" else ledger_json(links))[0]


def _reconciliations() -> Iterator[File]:
    """They say when they were made and how the audit log ends then, so that each download has a hash of its own."""
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
            signed = closing_head(vote.id)
            for name in result_files.on_offer(vote, record):
                kind = result_files.DATASETS[name].media_type.partition(";")[0]
                address = url_for("results.download", cycle_id=card.cycle_id, name=name)
                hash_ = _of_result(vote.id, card.cycle_id, record.number, name, repr(signed))
                yield _file(f"{card.cycle_name}: {name}", address, kind, hash_)


@lru_cache(maxsize=512)
def _of_result(_vote_id: bytes, cycle_id: int, number: int, name: str, _signed: str) -> str:
    """The hash of a file of a count: a count never changes, nor what the log signed at the close of its vote."""
    vote, record = results.published(cycle_id, None, number=number)
    return hash_of([result_files.made(name, vote, record)])[0]


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


def _delivery() -> Iterator[File]:
    yield _made(_("All neighborhoods"), url_for("opendata.delivery"), CSV, delivery_csv)


def _indicators() -> Iterator[File]:
    yield _made(_("All neighborhoods"), url_for("opendata.indicators"), CSV, indicators_csv)


def _calendars() -> Iterator[File]:
    yield _made(_("All task forces"), url_for("calendar.everything"), CALENDAR, calendars.everything)
    for body in bodies.task_forces():
        address = url_for("calendar.of_task_force", slug=body.slug)
        yield _made(body.name, address, CALENDAR, partial(calendars.of_task_force, body))


def _outlines() -> Iterator[File]:
    for place in neighborhoods():
        yield _made(place.name, url_for("places.outlines", slug=place.slug), GEOJSON, partial(outlines, place))


def _feeds() -> Iterator[File]:
    yield _made(_("Updates from projects"), url_for("opendata.feed", name="updates.atom"), ATOM, updates_atom)
    yield _made(_("Setbacks"), url_for("opendata.feed", name="setbacks.atom"), ATOM, setbacks_atom)
    yield _made(_("Reports"), url_for("shelves.feed"), ATOM, shelves.everything)


_FILES: Mapping[Name, Callable[[], Iterator[File]]] = {
    Name.PROJECTS: _projects,
    Name.PLACES: _places,
    Name.BUDGET: _budget,
    Name.MILESTONES: _milestones,
    Name.LEDGER: _ledgers,
    Name.RECONCILIATION: _reconciliations,
    Name.RESULTS: _results,
    Name.RULE_CARDS: _rule_cards,
    Name.REPORTS: _reports,
    Name.DELIVERY: _delivery,
    Name.INDICATORS: _indicators,
    Name.GOVERNANCE: _governance,
    Name.CALENDARS: _calendars,
    Name.OUTLINES: _outlines,
    Name.FEEDS: _feeds,
}


def _made(title: str, address: str, media_type: str, make: Made) -> File:
    """A file with the hash of what it is now: to programs that ask for no other language, English."""
    with force_locale("en"):
        made = make()
        parts = [made] if isinstance(made, str | bytes) else made
        return _file(title, address, media_type, hash_of(parts)[0])


def _file(title: str, address: str, media_type: str, hash_: str | None = None) -> File:
    return File(title=title, url=whole(address), media_type=media_type, hash=hash_)

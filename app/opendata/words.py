"""The data sets in words: what each holds, by which standard, and what its fields mean."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from app.opendata.budget.words import FIELDS as BUDGET
from app.opendata.delivery.words import FIELDS as DELIVERY
from app.opendata.governance.words import FIELDS as GOVERNANCE
from app.opendata.indicators.words import FIELDS as INDICATORS
from app.opendata.ledgers.words import FIELDS as BESIDE
from app.opendata.milestones.words import FIELDS as MILESTONES
from app.opendata.places.words import FIELDS as PLACES
from app.opendata.projects.words import FIELDS as PROJECTS
from app.opendata.records.words import REPORTS, RESULTS, RULE_CARDS
from app.opendata.rules import Dataset, Field, Name
from app.taskforces.spending.chain.exports import COLUMNS, DICTIONARY

LEDGER = (
    *(Field(name=name, type=DICTIONARY[name]["type"], text=DICTIONARY[name]["description"]) for name in COLUMNS),
    *BESIDE,
)
"""The columns by the dictionary that comes with the ledger itself, and what the file of all cycles has beside them."""

RECONCILIATION = (
    Field(name="part", type="string", text=_l("chain, account, total, project, month or difference.")),
    Field(name="item, line", type="string", text=_l("What the line is about: an account, a project or a month.")),
    Field(name="entries", type="integer", text=_l("How many entries of the ledger it adds up.")),
    Field(name="cents", type="integer", text=_l("Their sum in whole cents.")),
    Field(name="held_against_cents", type="integer", text=_l("The same by another way: kept, or from the council.")),
    Field(name="agrees", type="string", text=_l("Whether both are the same; for a difference, why not.")),
    Field(name="file_name, hash, day", type="string", text=_l("The council’s file, its SHA-256, when it was read.")),
    Field(name="explanation", type="string", text=_l("What was said about a difference.")),
)

CALENDARS = (
    Field(name="UID", type="text", text=_l("Stays the same for a meeting, whatever happens to it.")),
    Field(name="SEQUENCE", type="integer", text=_l("Rises with every change.")),
    Field(name="STATUS", type="text", text=_l("CANCELLED where it is; a meeting is never just gone.")),
)

OUTLINES = (
    Field(name="properties.name", type="string", text=_l("What people call the area.")),
    Field(name="geometry", type="Polygon or MultiPolygon", text=_l("Its outline in degrees, longitude first.")),
)

FEEDS = (
    Field(name="entry.id", type="tag", text=_l("Stays the same for good.")),
    Field(name="entry.title", type="text", text=_l("The project, or the setback with its code.")),
    Field(name="entry.updated", type="date-time", text=_l("When it was published or reported.")),
    Field(name="entry.content", type="text", text=_l("What it says, as plain text.")),
    Field(name="entry.link", type="address", text=_l("The page to read it on.")),
)

IN_ENGLISH = _l("Its words come in the language that your program asks for; the SHA-256 is that of the English file.")

DATASETS: Mapping[Name, Dataset] = {
    each.name: each
    for each in (
        Dataset(
            name=Name.PROJECTS,
            title=_l("Projects"),
            text=_l("Every funded project with its promises, milestones, money, contracts and payments."),
            standard="OC4IDS 0.9",
            standard_url="https://standard.open-contracting.org/infrastructure/",
            fields=PROJECTS,
            notes=(
                _l("The standard’s kind of project is a closed list of building work, so it is left out everywhere."),
            ),
        ),
        Dataset(
            name=Name.PLACES,
            title=_l("Projects on the map"),
            text=_l("Every funded project with its place, stage, status and money, for maps."),
            standard="GeoJSON (RFC 7946)",
            standard_url="https://www.rfc-editor.org/rfc/rfc7946",
            fields=PLACES,
            notes=(_l("Private addresses are never in it: such a project has the outline of its area."),),
        ),
        Dataset(
            name=Name.BUDGET,
            title=_l("Money by phase and month"),
            text=_l("What each project was given, promised and paid, month by month: a table and its description."),
            standard="Fiscal Data Package 1.0rc1",
            standard_url="https://specs.frictionlessdata.io/fiscal-data-package/",
            fields=BUDGET,
            notes=(_l("Added up by project it is what the page of the project says, and what the ledger says."),),
        ),
        Dataset(
            name=Name.MILESTONES,
            title=_l("Promises and dates"),
            text=_l("Every milestone of every project: the day promised, the day expected now, the day it was done."),
            standard="CSV",
            standard_url=None,
            fields=MILESTONES,
            notes=(_l("The page of each project has its own as a table to plan with and as a calendar."),),
        ),
        Dataset(
            name=Name.LEDGER,
            title=_l("Ledgers"),
            text=_l("Every entry about public money, chained by hashes: one file of all cycles, and files of each."),
            standard="CSV, JSON",
            standard_url=None,
            fields=LEDGER,
            notes=(
                _l("In the file of all cycles each entry stands as in the file of its own: one chain for each cycle."),
            ),
        ),
        Dataset(
            name=Name.RECONCILIATION,
            title=_l("Reconciliation"),
            text=_l("Whether the ledger, the sums kept with it and the council’s books agree."),
            standard="CSV",
            standard_url=None,
            fields=RECONCILIATION,
            notes=(_l("It says when it was made, so no two downloads have the same SHA-256."),),
        ),
        Dataset(
            name=Name.RESULTS,
            title=_l("Results of votes"),
            text=_l("The count of each vote, to count again or to check: how much is public is on its rule card."),
            standard="Pabulib, CSV, JSON",
            standard_url="https://pabulib.org/format",
            fields=RESULTS,
            notes=(_l("Where rankings are not published in full, no file tells of groups of fewer than ten voters."),),
        ),
        Dataset(
            name=Name.RULE_CARDS,
            title=_l("Rule cards"),
            text=_l("The rules of each vote, byte for byte as they were fixed."),
            standard="JSON",
            standard_url=None,
            fields=RULE_CARDS,
        ),
        Dataset(
            name=Name.REPORTS,
            title=_l("Reports"),
            text=_l("The frozen figures of every published edition, from which its pages and PDFs are made."),
            standard="JSON",
            standard_url=None,
            fields=REPORTS,
            notes=(_l("The SHA-256 is the code that is printed at the foot of each page of the report."),),
        ),
        Dataset(
            name=Name.DELIVERY,
            title=_l("Delivery by quarter"),
            text=_l(
                "What the published reports say of each quarter: promises kept, questions answered, money, setbacks."
            ),
            standard="CSV",
            standard_url=None,
            fields=DELIVERY,
            notes=(
                _l("Each value stands as it was printed; a correction is a row of its own with a higher revision."),
            ),
        ),
        Dataset(
            name=Name.INDICATORS,
            title=_l("Indicators"),
            text=_l("What neighborhoods watch of their safety: every value with its definition and its corrections."),
            standard="CSV",
            standard_url=None,
            fields=INDICATORS,
            notes=(
                _l("A value of too few cases is kept back: its cell is empty, and why_empty says few."),
                _l("What reports of delivery say of a quarter is a data set of its own: delivery by quarter."),
            ),
        ),
        Dataset(
            name=Name.GOVERNANCE,
            title=_l("Who decides"),
            text=_l("Task forces, every seat with its first and last day, their meetings, and what was voted on."),
            standard="Popolo",
            standard_url="https://www.popoloproject.com/specs/",
            fields=GOVERNANCE,
        ),
        Dataset(
            name=Name.CALENDARS,
            title=_l("Meetings"),
            text=_l("The meetings of all task forces and of each, to subscribe to."),
            standard="iCalendar (RFC 5545)",
            standard_url="https://www.rfc-editor.org/rfc/rfc5545",
            fields=CALENDARS,
            notes=(IN_ENGLISH,),
        ),
        Dataset(
            name=Name.OUTLINES,
            title=_l("Areas"),
            text=_l("The outlines of the areas of each neighborhood."),
            standard="GeoJSON (RFC 7946)",
            standard_url="https://www.rfc-editor.org/rfc/rfc7946",
            fields=OUTLINES,
        ),
        Dataset(
            name=Name.FEEDS,
            title=_l("News"),
            text=_l("The newest updates of projects, setbacks and reports, for programs that read feeds."),
            standard="Atom (RFC 4287)",
            standard_url="https://www.rfc-editor.org/rfc/rfc4287",
            fields=FEEDS,
            notes=(IN_ENGLISH,),
        ),
    )
}

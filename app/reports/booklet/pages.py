"""R2 as a document: its words, its cost bars, and each project in the language of the reader."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

from flask import url_for
from flask_babel import format_date
from flask_babel import gettext as _
from markupsafe import Markup

from app.core.charts.bars import Bar, Limit, bars
from app.core.charts.qr import qr
from app.core.languages import LANGUAGES
from app.core.money import written
from app.core.tables import records
from app.cycles import words as cycle_words
from app.cycles.rules import LeftoverRule
from app.places.maps import Point, Shape, draw, locator
from app.reports.booklet import figures
from app.reports.booklet.figures import TO_A_DEGREE
from app.reports.booklet.words import in_the_language
from app.reports.pages import Document
from app.reports.rules import shortened, told

ON_ONE_PAGE = 13
"""How many projects a practice ballot has on one page of a booklet, however long their titles are."""
LINE, MANY_LINES = 40, 52
"""Letters in a line of a practice ballot of two pages, and with how many lines in its rows it is set closer."""
AT_ONCE, LABEL = 12, 44
"""How many projects one drawing of costs holds, and how long their names in it are; the table has them in full."""


def facts(figures: Mapping[str, Any]) -> dict[str, Any]:
    """What the template is given beside head and edition."""
    report = told(figures)
    options = in_the_language(report.options, figures["options"])
    ground = _ground(figures)
    for option in options:
        option.map = _where(option, ground)
    return {
        "report": report,
        "options": options,
        "map": _all(options, ground),
        "fits_one_page": len(options) <= ON_ONE_PAGE,
        "is_full": sum(1 + len(each.title) // LINE for each in options) > MANY_LINES,
        "bars": _bars(options, report.cycle),
        "rule_name": cycle_words.rule_name(report.vote.rule),
        "leftover": cycle_words.LEFTOVERS[LeftoverRule(report.cycle.leftover_rule)],
        "who": cycle_words.who_may_vote(report.cycle.min_age, report.cycle.neighborhood),
        "code_of": _code_of,
        "month": _month,
        "code_to_vote": _code_to_vote,
        "ranks": [str(rank) for rank in range(1, report.vote.max_ranks + 1)],
        "printed_in": [LANGUAGES.get(code, code) for code in report.cycle.languages if code in LANGUAGES],
        "languages": [LANGUAGES.get(code, code) for code in report.cycle.languages],
    }


def middle(figures: Mapping[str, Any]) -> list[str]:
    """Where the practice ballot may stand: before a project, but for the first, or where they end."""
    return [*(f"option-{option['number']}" for option in figures["options"]), "task-forces"]


def tables(figures: Mapping[str, Any]) -> dict[str, bytes]:
    """The projects as a CSV file, in ballot order."""
    return {"projects.csv": records(COLUMNS, figures["options"])}


COLUMNS = ("number", "code", "title", "category", "area", "cost_cents", "running_cost_cents", "task_force")


def _ground(figures: Mapping[str, Any]) -> list[Shape]:
    """The areas to draw on; booklets from before maps have none."""
    return [
        Shape(name=area["name"], boundary={"type": "MultiPolygon", "coordinates": _in_degrees(area["outline"])})
        for area in figures.get("ground", ())
    ]


def _in_degrees(outline: Any) -> Any:
    return [[[_spot(each) for each in ring] for ring in polygon] for polygon in outline]


def _spot(whole: Sequence[int]) -> tuple[float, float]:
    return whole[0] / TO_A_DEGREE, whole[1] / TO_A_DEGREE


def _point(option: SimpleNamespace) -> Point | None:
    spot = getattr(option, "spot", None)
    return Point(longitude=_spot(spot)[0], latitude=_spot(spot)[1], label=str(option.number)) if spot else None


def _where(option: SimpleNamespace, ground: Sequence[Shape]) -> Markup | None:
    """A map as small as a stamp: the spot, or the area, of one project."""
    point = _point(option)
    shapes = [replace(each, is_highlighted=not point and each.name == option.area) for each in ground]
    return locator(shapes, point, title=_("Map: no. %(number)s, %(place)s", number=option.number, place=option.place))


def _all(options: Sequence[SimpleNamespace], ground: Sequence[Shape]) -> Markup | None:
    """The map of all projects with a spot of their own."""
    points = [point for option in options if (point := _point(option))]
    title = _("Map of the projects by their numbers. The table after it names the area of each.")
    return draw(ground, points, title=title) if ground and points else None


def _bars(options: list[SimpleNamespace], cycle: SimpleNamespace) -> list[Markup]:
    """What each project costs, against the pot, in drawings of as many as stay readable."""
    currency = cycle.currency
    rows = [
        Bar(
            label=f"{each.number}. {shortened(each.title, LABEL)}",
            value=each.cost_cents,
            shown=written(each.cost_cents, currency),
        )
        for each in options
    ]
    pot = written(cycle.spendable_cents, currency)
    limit = Limit(value=cycle.spendable_cents, shown=_("The pot: %(whole)s", whole=pot))
    return [
        bars(_drawn(rows[start : start + AT_ONCE], start, pot), rows[start : start + AT_ONCE], limit=limit)
        for start in range(0, len(rows), AT_ONCE)
    ]


def _drawn(rows: list[Bar], start: int, pot: str) -> str:
    first, last = start + 1, start + len(rows)
    said = _(
        "What projects %(first)s to %(last)s cost, against the pot of %(pot)s. The table before has every number.",
        first=first,
        last=last,
        pot=pot,
    )
    return str(said)


def _month(day: date) -> str:
    return str(format_date(day, "LLLL y", rebase=False))


def _code_to_vote(site: str, cycle_id: int) -> Markup:
    address = site + url_for("cycles.show", cycle_id=cycle_id)
    return qr(address, title=_("QR code of %(address)s", address=address))


def _code_of(option: SimpleNamespace, site: str) -> Markup:
    address = site + url_for("proposals.show", proposal_id=option.proposal_id)
    return qr(address, title=_("QR code of %(address)s", address=address))


TEXTS = (
    "options.title options.text options.place options.gains options.impact_note price.lines.label price.note"
).split()
"""What people wrote in it, which another language needs a translation of."""

DOCUMENT = Document(
    figures=figures.booklet,
    title=lambda figures: _("Ballot booklet %(year)s", year=figures["cycle"]["year"]),
    facts=facts,
    tables=tables,
    template="reports/booklet/_body.html",
    texts=TEXTS,
    sheet="reports/booklet/sheet.html",
    stylesheet="css/booklet.css",
    middle=middle,
)

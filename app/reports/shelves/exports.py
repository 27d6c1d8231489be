"""The feed of editions as Atom (RFC 4287) in pages (RFC 5005), for whoever wants to hear of reports without asking."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

from flask import current_app, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from app.core.paging import Page
from app.reports import words
from app.reports.rules import EditionStage
from app.reports.shelves import queries
from app.reports.shelves.queries import News
from app.reports.shelves.rules import About

ATOM = "http://www.w3.org/2005/Atom"
XML = "{http://www.w3.org/XML/1998/namespace}lang"
UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not hold."""
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
"""When a feed without an entry changed, so that it stays the same until it has one."""


def everything() -> bytes:
    """The feed of all reports, its first page."""
    page, site = url_for("reports.index"), current_app.config["SITE_URL"]
    return atom(queries.newest(About()), _("Reports"), address=pages_of(), page=page, site=site)


def pages_of(neighborhood: str | None = None, task_force: str | None = None) -> Callable[[int], str]:
    """The address of each page of a feed; the first is the one that everybody knows."""
    mine: dict[str, Any] = {"neighborhood": neighborhood, "task_force": task_force}
    return lambda number: url_for("shelves.feed", **mine, page=number if number > 1 else None)


def atom(news: Page[News], title: str, *, address: Callable[[int], str], page: str, site: str) -> bytes:
    """A page of a feed; `address` gives that of each page by its number, `page` that of the same on the site."""
    feed = ET.Element("feed", {"xmlns": ATOM, XML: str(get_locale()).replace("_", "-")})
    _text(feed, "title", title)
    _text(feed, "id", site + address(1))
    _text(feed, "updated", _stamp(max((each.at for each in news.items), default=BEGAN)))
    author = ET.SubElement(feed, "author")
    _text(author, "name", "Lamplight")
    for rel, number in _pages(news).items():
        kind = {"rel": rel, "type": "application/atom+xml", "href": site + address(number)}
        ET.SubElement(feed, "link", kind)
    ET.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": site + page})
    for each in news.items:
        _entry(feed, each, site)
    found: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return found


def _pages(news: Page[News]) -> dict[str, int]:
    """The page itself and, where there are more, the first, the last, and those beside it."""
    found = {"self": news.number}
    if news.pages > 1:
        found |= {"first": 1, "last": news.pages}
    if news.number > 1:
        found["previous"] = news.number - 1
    return found | ({"next": news.number + 1} if news.number < news.pages else {})


def _entry(feed: ET.Element, each: News, site: str) -> None:
    row = each.row
    entry, address = ET.SubElement(feed, "entry"), site + url_for("reports.show", edition_id=row.id)
    name = words.full_name(row.line, row.title)
    is_gone = row.stage is EditionStage.WITHDRAWN
    _text(entry, "title", _("Withdrawn: %(name)s", name=name) if is_gone else name)
    _text(entry, "id", address)
    _text(entry, "updated", _stamp(each.at))
    if row.published_at is not None:
        _text(entry, "published", _stamp(row.published_at))
    ET.SubElement(entry, "category", {"term": row.kind.value, "label": str(words.KINDS[row.kind])})
    ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": address})
    for language, size in each.sizes.items():
        href = site + url_for("reports.download", edition_id=row.id, language=language)
        kind = {"rel": "enclosure", "type": "application/pdf", "hreflang": language, "length": str(size), "href": href}
        ET.SubElement(entry, "link", kind)
    _text(entry, "summary", _said(each))


def _said(each: News) -> str:
    row = each.row
    if each.reason is not None:
        return str(_("%(code)s was withdrawn. %(reason)s", code=row.code, reason=each.reason))
    told = _("%(code)s, edition %(number)s, %(place)s.", code=row.code, number=row.number, place=row.neighborhood_name)
    return f"{told} {row.note}" if row.note else str(told)


def _text(parent: ET.Element, name: str, said: str) -> None:
    ET.SubElement(parent, name).text = UNFIT.sub("", said)


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")

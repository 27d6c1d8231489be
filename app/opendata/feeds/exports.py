"""Atom feeds: the newest updates of all projects, and the newest setbacks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

from flask import url_for
from flask_babel import gettext as _

from app.core.addresses import whole
from app.opendata.rules import moment
from app.taskforces.setbacks import queries as setbacks
from app.taskforces.setbacks.queries import SetbackRow
from app.taskforces.updates import queries as updates
from app.taskforces.updates.queries import UpdateRow

SPACE = "http://www.w3.org/2005/Atom"
MOST = 50
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 has no way to write."""
BEGAN = "2026-01-01T00:00:00Z"
"""What a feed without an entry says of when it changed."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry: `word` is its own for good."""

    word: str
    title: str
    text: str
    url: str
    at: datetime


def updates_atom() -> bytes:
    """What task forces have published lately, over all projects."""
    return _feed(_("Updates from projects"), "updates", (_update(row) for row in updates.latest(MOST)))


def setbacks_atom() -> bytes:
    """The setbacks reported last; which stage each is in stands on its page."""
    newest = sorted(setbacks.register(), key=lambda row: (row.reported_at, row.id), reverse=True)
    return _feed(_("Setbacks"), "setbacks", (_setback(row) for row in newest[:MOST]))


def _update(row: UpdateRow) -> Entry:
    said = [row.what_changed, row.why, row.what_next]
    return Entry(
        word=f"update-{row.id}",
        title=row.project_title,
        text="\n\n".join(each for each in said if each),
        url=whole(url_for("projects.show", project_id=row.project_id)),
        at=row.published_at,
    )


def _setback(row: SetbackRow) -> Entry:
    return Entry(
        word=f"setback-{row.id}",
        title=f"{row.code}: {row.title}",
        text="\n\n".join(each for each in (row.project_title or row.task_force, row.description) if each),
        url=whole(url_for("setbacks.show", setback_id=row.id)),
        at=row.reported_at,
    )


def _feed(title: str, word: str, entries: Iterable[Entry]) -> bytes:
    found, site = list(entries), whole("/")
    own = whole(url_for("opendata.feed", name=f"{word}.atom"))
    feed = ElementTree.Element("feed", xmlns=SPACE)
    _add(feed, "id", own)
    _add(feed, "title", title)
    _add(feed, "updated", moment(found[0].at if found else None) or BEGAN)
    ElementTree.SubElement(feed, "link", rel="self", href=own)
    ElementTree.SubElement(feed, "link", rel="alternate", href=site)
    _add(ElementTree.SubElement(feed, "author"), "name", "Lamplight")
    for each in found:
        entry = ElementTree.SubElement(feed, "entry")
        _add(entry, "id", f"tag:{urlsplit(site).hostname},2026:{each.word}")
        _add(entry, "title", each.title)
        _add(entry, "updated", moment(each.at) or BEGAN)
        ElementTree.SubElement(entry, "link", rel="alternate", href=each.url)
        _add(entry, "content", each.text).set("type", "text")
    text: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return text


def _add(to: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    made = ElementTree.SubElement(to, name)
    made.text = UNWRITABLE.sub("", text)
    return made

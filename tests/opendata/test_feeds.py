"""Atom feeds: well-formed whatever people write, and the same entry keeps its id."""

from xml.etree import ElementTree

from app.core.clock import now
from app.core.db import db, transaction
from app.taskforces.updates.models import Update
from tests import make
from tests.opendata import files

ATOM = {"a": "http://www.w3.org/2005/Atom"}
HOSTILE = "<script>alert(1)</script> & ]]> \x0b\x00"


def told(text):
    project, writer = make.project(), make.actor()
    with transaction():
        facts = {"what_changed": text, "why": "Rain.", "what_next": "Cable."}
        db.session.add(Update(project_id=project.id, person_id=writer.id, published_at=now(), **facts))
    return project


def feed(app, name):
    return ElementTree.fromstring(files.text(app, f"/open/{name}.atom"))


def test_an_update_is_an_entry_that_leads_to_its_project(app):
    project = told("The first lamps stand.")
    found = feed(app, "updates")
    (entry,) = found.findall("a:entry", ATOM)
    assert entry.findtext("a:title", namespaces=ATOM) == project.title
    assert "The first lamps stand." in entry.findtext("a:content", namespaces=ATOM)
    assert entry.find("a:link", ATOM).get("href").endswith(f"/projects/{project.id}")
    assert found.findtext("a:updated", namespaces=ATOM) == entry.findtext("a:updated", namespaces=ATOM)
    assert entry.findtext("a:id", namespaces=ATOM).startswith("tag:")


def test_hostile_text_stays_text(app):
    told(HOSTILE.replace("\x00", ""))
    text = files.text(app, "/open/updates.atom")
    assert "<script" not in text and "&lt;script&gt;" in text and "\x0b" not in text
    assert feed(app, "updates").find("a:entry", ATOM) is not None


def test_a_feed_without_entries_is_a_feed(app):
    for name in ("updates", "setbacks"):
        found = feed(app, name)
        assert all(found.findtext(f"a:{part}", namespaces=ATOM) for part in ("id", "title", "updated"))
        assert found.findall("a:entry", ATOM) == []

"""A page shows what rooms above its own say of its thing, in the order of the wiring."""

from app.core.panels import BESIDE, Panel, Thing, beside

LAMP = Thing(kind="project", id=7, neighborhood_id=1)


def told(name):
    """Somebody who says this of everything."""
    return lambda thing: Panel(template=name, facts={"thing": thing})


def test_each_panel_stands_in_the_order_of_the_wiring_and_nobody_must_say_something(app, monkeypatch):
    monkeypatch.setitem(app.extensions, BESIDE, (told("a"), lambda thing: None, told("b")))
    assert [(each.template, each.facts["thing"]) for each in beside(LAMP)] == [("a", LAMP), ("b", LAMP)]


def test_a_site_on_which_nobody_says_anything_shows_nothing(app, monkeypatch):
    monkeypatch.setitem(app.extensions, BESIDE, ())
    assert beside(LAMP) == []

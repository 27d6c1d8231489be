"""What translations are called, and why one is refused."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.translating.rules import Rendering, WhyNot

RENDERINGS: Mapping[Rendering, LazyString] = {
    Rendering.WHOLE: _("A translation of all of it"),
    Rendering.SUMMARY: _("An official summary: readers are told that the whole text stands in the original"),
    Rendering.SAME: _("The same words: a name, a number or an address"),
}
SHORT: Mapping[str, LazyString] = {
    Rendering.WHOLE: _("translation"),
    Rendering.SUMMARY: _("official summary"),
    Rendering.SAME: _("same words"),
    "ballot": _("from the ballot"),
    "update": _("translation"),
}
REFUSALS: Mapping[WhyNot, LazyString] = {
    WhyNot.NOT_SPOKEN: _("This language is not one of the neighborhood’s."),
    WhyNot.SAME_LANGUAGE: _("The text is written in this language."),
    WhyNot.CHANGED: _("Somebody has translated it since you opened this page. Please compare, then save again."),
    WhyNot.OWN: _("Somebody else reads a translation over, not who wrote it."),
    WhyNot.READ_OVER: _("It was read over already."),
    WhyNot.NOT_NEWEST: _("There is a newer wording. Read that one over."),
    WhyNot.NAMED: _("They are named already."),
}
NO_STANDING = _("Clerks, officers and named translators of this neighborhood translate.")

"""Kinds, marks and verdicts about names, in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import gettext as now_said
from flask_babel import lazy_gettext as _

from app.proposals.names.rules import Ending, Kind

KINDS: Mapping[Kind, LazyString] = {
    Kind.NAME: _("a person's name"),
    Kind.ADDRESS: _("an address with a house number"),
    Kind.PHONE: _("a telephone number"),
    Kind.MAIL: _("a mail address"),
    Kind.AGE: _("the age of a child close to a name"),
}

REMOVED: Mapping[Kind, LazyString] = {
    Kind.NAME: _("[name removed]"),
    Kind.ADDRESS: _("[address removed]"),
    Kind.PHONE: _("[number removed]"),
    Kind.MAIL: _("[mail address removed]"),
    Kind.AGE: _("[age removed]"),
}

VERDICTS: Mapping[Ending, LazyString] = {
    Ending.NO_NAME: _("It names no person: a street, a building, an organization"),
    Ending.MAY_STAND: _("It may stand: about the proposer, a public person in their office, or with consent"),
    Ending.REMOVED: _("Remove it: it is about somebody else"),
}

CHANGED: Mapping[Ending, LazyString] = {
    Ending.NO_NAME: _("The office has looked at words that were kept back, and put them back."),
    Ending.MAY_STAND: _("The office has looked at words that were kept back, and put them back."),
    Ending.REMOVED: _("The office has removed words about somebody else."),
}


def mark(number: int) -> str:
    """What stands in the place of words that wait for an officer."""
    shown: str = now_said("[being checked %(number)s]", number=number)
    return shown

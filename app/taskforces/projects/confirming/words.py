"""What residents say of a project, in plain words."""

from collections.abc import Mapping
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.numbers import numeral
from app.taskforces.projects.closing.rules import Works
from app.taskforces.projects.closing.words import WORKS
from app.taskforces.projects.confirming.rules import WhyNot

WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.NOT_ASKED: _l("Residents are asked once the project is completed."),
    WhyNot.NOT_YET: _l("Residents are asked four weeks after completion: it is too early to know."),
    WhyNot.OVER: _l("The days to answer are over."),
    WhyNot.ANSWERED: _l("You have answered already. Nobody can see what, and it cannot be changed."),
}


def summed_up(shown: Any) -> str:
    """How many answered, and how many of them say that it works, as far as that may be told."""
    if shown.people is None and shown.at_least is None:
        return str(_("Fewer than ten people answered. That is too few to be told, and too few to say anything by."))
    if shown.people is None:
        many = str(_("%(people)s people or a few more answered.", people=numeral(shown.at_least)))
        return " ".join((many, _one_sided(shown.nearly_all)))
    if shown.percent is None:
        return str(_("%(people)s people answered.", people=numeral(shown.people)))
    return str(
        _(
            "%(people)s people answered. %(percent)s%% of them say that it does what was promised.",
            people=numeral(shown.people),
            percent=shown.percent,
        )
    )


def _one_sided(nearly_all: str | None) -> str:
    if nearly_all is None:
        return str(_("Each answer was given by too few to be told."))
    return str(_("All but fewer than ten of them say: %(answer)s.", answer=WORKS[Works(nearly_all)]))


def rows(shown: Any) -> list[tuple[str, str]]:
    """Each answer with its number; those of fewer than ten stand together with another."""
    return [
        (" / ".join(str(WORKS[Works(works)]) for works in group.works), numeral(group.people)) for group in shown.groups
    ]

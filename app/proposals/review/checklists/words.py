"""The questions of every kind of project, and what is wrong with a list, in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.proposals.review.checklists.rules import Criterion, WhyNot

CRITERIA: Mapping[Criterion, LazyString] = {
    Criterion.FEASIBLE: _("Can it be built and kept in order with the means at hand?"),
    Criterion.LEGAL: _("Does the law allow it, and is it ours to decide?"),
    Criterion.PUBLIC_BENEFIT: _("Does the neighborhood as a whole gain from it?"),
    Criterion.DUPLICATION: _("Is it something that is not planned or funded already?"),
    Criterion.RUNNING_COST: _("Is it known what it costs in later years, and who pays?"),
    Criterion.LEAD_ORGANIZATION: _("Is there an organization that would lead it?"),
    Criterion.SURVEILLANCE: _("Does it do without cameras, sensors, and sharing of data about people?"),
}
WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.TOO_MANY: _("Please keep it to twelve questions."),
    WhyNot.TOO_LONG: _("Please keep each question to 200 characters."),
    WhyNot.TWICE: _("The same question stands here twice."),
}


def question(kept: str) -> str:
    """A question as people read it: the words of a known one, or what a clerk wrote."""
    return str(CRITERIA[Criterion(kept)]) if kept in list(Criterion) else kept

"""What the texts of a proposal are called, and why one cannot be translated as it was sent."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.proposals.wordings.rules import Field

FIELDS: Mapping[str, LazyString] = {
    Field.TITLE: _("Title"),
    Field.SUMMARY: _("What should happen"),
    Field.NEED: _("Why it is needed"),
    Field.GAINS: _("Who gains"),
    Field.HELPERS: _("Who would help"),
    Field.IMPACT: _("What it means for people who are watched"),
    Field.PLACE: _("Where"),
}
CHANGED = _("The text was changed while you were translating. Please compare, then save again.")
KEPT_BACK = _(
    "Some of these words are about somebody, and the office keeps them out of the proposal. Please leave them out."
)

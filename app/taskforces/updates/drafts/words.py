"""Why a step with a draft is refused, and what its stages are called."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.taskforces.updates.drafts.rules import DraftStage, WhyNot

STAGES: Mapping[DraftStage, LazyString] = {
    DraftStage.WRITING: _("Being written"),
    DraftStage.WAITING: _("Waits for a co-chair"),
    DraftStage.PUBLISHED: _("Published"),
}
REFUSALS: Mapping[WhyNot, LazyString] = {
    WhyNot.NOT_SEATED: _("Only people who sit in the task force of this project can do this."),
    WhyNot.NOT_YOURS: _("This step is for somebody else: the writer finishes a draft, a co-chair publishes it."),
    WhyNot.NOT_NOW: _("This draft has moved on since you opened it. Open the project to see where it is now."),
}
CHANGED = _("This draft was changed since you opened it. Please read it once more, then decide.")
TOO_LATE = _("Updates can be published once a task force has taken the project on, and not for a project that stopped.")
TOO_SHORT = _("Each of the three answers needs at least ten characters before others read it.")
NOTHING = _("Write something first.")

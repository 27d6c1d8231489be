"""The steps of writing in plain words, what is still missing, and when something was saved."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import LazyString, format_time
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.clock import today
from app.core.moments import moment
from app.proposals.limits.words import why_not_this_much
from app.proposals.writing.queries import Draft
from app.proposals.writing.rules import Step

STEPS: Mapping[Step, LazyString] = {
    Step.NEED: _l("What is the trouble?"),
    Step.IDEA: _l("What is your idea?"),
    Step.PLACE: _l("Where is it?"),
    Step.GAINS: _l("Who gains?"),
    Step.COSTS: _l("What might it cost?"),
    Step.HELP: _l("Who would help?"),
}

NOT_SAVED = _l("Not saved. Your words are still here: please press “Save and go on”.")


def saved_at(at: datetime, zone: str) -> str:
    """When it was saved last, in the time of the neighborhood."""
    local = at.astimezone(ZoneInfo(zone))
    is_today = today(zone) == local.date()
    when = format_time(local, "short", rebase=False) if is_today else moment(at, zone)
    return str(_("Saved at %(time)s.", time=when))


def cost(draft: Draft) -> str:
    """What is amiss with the estimate of a draft."""
    if draft.why_not_this_much is None or not draft.written.estimate:
        return str(_("Please enter at least one line with its amount."))
    return why_not_this_much(draft.why_not_this_much, draft.cycle)

"""Concerns and refusals of moderation in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.proposals.discussion.moderation.rules import Concern, WhyNotJudge, WhyNotReport

CONCERNS: Mapping[Concern, LazyString] = {
    Concern.INSULT: _("It insults somebody"),
    Concern.PRIVATE: _("It tells something private about somebody"),
    Concern.THREAT: _("It threatens somebody or calls for violence"),
    Concern.FALSE: _("It says something about somebody that is not true"),
    Concern.ADVERTISING: _("It advertises something"),
    Concern.OTHER: _("Something else"),
}

WHY_NOT_REPORT: Mapping[WhyNotReport, LazyString] = {
    WhyNotReport.HIDDEN: _("This comment is hidden already."),
    WhyNotReport.OWN: _("This is your own comment."),
    WhyNotReport.ALREADY: _("You have reported this comment already. Once is enough: somebody looks at each report."),
}

WHY_NOT_REPORT_PART: Mapping[WhyNotReport, LazyString] = {
    WhyNotReport.HIDDEN: _("This is hidden already."),
    WhyNotReport.OWN: _("This is your own proposal."),
    WhyNotReport.ALREADY: _("You have reported this already. Once is enough: somebody looks at each report."),
}

WHY_NOT_JUDGE: Mapping[WhyNotJudge, LazyString] = {
    WhyNotJudge.HIDDEN: _("This comment is hidden already."),
    WhyNotJudge.NOTHING_WAITS: _("No report of this comment waits for the office."),
}

"""R5 as a document: the sentences made of a letter's frozen figures."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _

from app.proposals.review.queries import Chapter
from app.proposals.review.rules import Decision, Reason
from app.proposals.review.words import DECISIONS, REASONS
from app.proposals.rules import Stage
from app.reports.letters import figures
from app.reports.pages import Document
from app.reports.rules import told
from app.voting.counting.misses import NearestMiss
from app.voting.counting.outcomes import Paid, Phase
from app.voting.results.explanations.words import nearest
from app.voting.results.rules import Ending, OptionEnding


def title(figures: Mapping[str, Any]) -> str:
    """The decision in the heading, so that nobody has to look for it."""
    name = figures["proposal"]["title"]
    if figures["decision"] == Stage.FUNDED:
        return str(_("Your proposal is funded: %(title)s", title=name))
    if figures["decision"] == Stage.NOT_FUNDED:
        return str(_("Your proposal is not funded this time: %(title)s", title=name))
    return str(_("Your proposal cannot go on the ballot: %(title)s", title=name))


def facts(figures: Mapping[str, Any]) -> dict[str, Any]:
    """What the template is given beside head and edition."""
    report = told(figures)
    finding = report.finding
    return {
        "report": report,
        "path": [(_step(each), each.said_at) for each in report.path],
        "reason": REASONS[Reason(finding.reason)] if finding else "",
        "near": near(figures),
    }


def near(figures: Mapping[str, Any]) -> str:
    """How narrowly it won or missed, where that is told."""
    vote = figures["vote"]
    if vote is None or vote["miss"] is None:
        return ""
    plain = vote["ending"]
    ending = OptionEnding(
        **plain
        | {
            "ending": Ending(plain["ending"]),
            "phase": Phase(plain["phase"]),
            "paid": tuple(Paid(**part) for part in plain["paid"]),
            "eliminations": (),
            "tie": None,
        }
    )
    return nearest(NearestMiss(**vote["miss"]), ending, figures["proposal"]["currency"])


def _step(each: SimpleNamespace) -> str:
    if each.decision:
        return str(_("An officer decided: %(decision)s", decision=DECISIONS[Decision(each.decision)]))
    said: Mapping[Chapter, str] = {
        Chapter.SUBMITTED: _("You sent it in"),
        Chapter.EDITED: _("It was changed for the last time"),
        Chapter.WITHDRAWN: _("It was withdrawn"),
        Chapter.ON_PAPER: _("It came in on paper"),
        Chapter.ON_BALLOT: _("It went on the ballot"),
        Chapter.LOOK_ASKED: _("A second look was asked for"),
        Chapter.LOOK_REOPENED: _("The second look opened it again"),
        Chapter.LOOK_STANDS: _("The second look found that the decision stands"),
    }
    return said[Chapter(each.chapter)]


TEXTS = ("proposal.title finding.explanation vote.winner similar.title").split()
"""What people wrote in it, which another language needs a translation of."""

DOCUMENT = Document(
    figures=figures.letter,
    title=title,
    facts=facts,
    template="reports/letters/_body.html",
    stylesheet="css/letter.css",
    texts=TEXTS,
)

"""R11 as a document: the words of its codes, and its tables as files."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _

from app.core.tables import records, sheet
from app.reports.minutes.figures import figures
from app.reports.minutes.rules import changed_lines
from app.reports.pages import Block, Document, Figures
from app.reports.rules import Line, told
from app.taskforces.interests.words import EFFECTS
from app.taskforces.meetings import queries as meetings
from app.taskforces.meetings.items.words import PURPOSES
from app.taskforces.meetings.minutes import queries as minutes
from app.taskforces.meetings.outcomes.rules import OutcomeKind
from app.taskforces.meetings.words import KINDS, PRESENCES
from app.taskforces.questions.words import STAGES
from app.taskforces.seats.words import KINDS as SEATS
from app.taskforces.seats.words import SIDES

PLACES = ("name", "kind", "side", "presence")
CARRIED = ("meeting", "text", "owner", "due_on", "age_days", "days_over")
QUESTIONS = ("code", "words", "by", "stage", "asked_on", "answer", "answered_by", "answered_on")
TALLY = ("yes", "no", "abstained")
VOTES = [f"{side}_{each}" for side in ("community", "institution") for each in TALLY]


def title(snapshot: Figures) -> str:
    """What they are the minutes of, and that they are a draft as long as nobody has approved them."""
    code = snapshot["meeting"]["code"]
    if snapshot["text"]["approved_on"]:
        return str(_("Minutes of %(meeting)s", meeting=code))
    return str(_("Minutes of %(meeting)s, not approved yet", meeting=code))


def facts(snapshot: Figures) -> dict[str, Any]:
    """What the template is given: the report, the words of its codes, decisions and actions in one list each."""
    report = told(snapshot)
    return {
        "report": report,
        "changed": changed_lines(report.text.pieces),
        "decided": _of_kind(report, OutcomeKind.DECISION),
        "acting": _of_kind(report, OutcomeKind.ACTION),
        "meeting_kinds": KINDS,
        "presences": PRESENCES,
        "seats": SEATS,
        "sides": SIDES,
        "purposes": PURPOSES,
        "effects": EFFECTS,
        "question_stages": STAGES,
    }


def tables(snapshot: Figures) -> dict[str, bytes]:
    """Attendance, decisions, actions and questions as CSV, from the same figures."""
    pairs = [(item["position"], row) for item in snapshot["items"] for row in item["outcomes"]]
    decisions = [[at, row["text"], *_vote(row["vote"])] for at, row in pairs if row["vote"]]
    actions = [[at, row["text"], row["action"]["owner"], row["action"]["due_on"]] for at, row in pairs if row["action"]]
    heads = ("item", "text", "moved_by", "seconded_by", *VOTES, "carried", "review_on")
    return {
        "attendance.csv": records(PLACES, snapshot["places"]),
        "decisions.csv": sheet(heads, decisions),
        "actions.csv": sheet(("item", "text", "owner", "due_on"), actions),
        "carried-over.csv": records(CARRIED, snapshot["carried"]),
        "questions.csv": records(QUESTIONS, snapshot["questions"]),
    }


def blocks(line: Line) -> Sequence[Block]:
    """Nothing can be printed before a first draft of the minutes."""
    meeting = meetings.facts(line.subject_id)
    if meeting.has_ended and minutes.drafts(meeting.id):
        return ()
    said = str(_("The minutes of this meeting are not drafted yet."))
    return (Block(said=said, rule=23, url=f"/meetings/{meeting.id}"),)


def _of_kind(report: SimpleNamespace, kind: OutcomeKind) -> list[tuple[int, SimpleNamespace]]:
    """What came of the meeting of one kind, each with the number of its item."""
    return [(item.position, row) for item in report.items for row in item.outcomes if row.kind == kind]


def _vote(vote: Figures) -> list[str | int | bool | None]:
    votes = [vote[side][each] for side in ("community", "institution") for each in TALLY]
    return [vote["moved_by"], vote["seconded_by"], *votes, vote["carried"], vote["review_on"]]


TEXTS = (
    "meeting.title items.title items.project_title outcomes.text outcomes.again interests.text questions.words "
    "questions.answer carried.text drafts.change"
).split()
"""What people wrote in it, which another language needs a translation of."""

DOCUMENT = Document(
    figures=figures,
    title=title,
    facts=facts,
    template="reports/minutes/_body.html",
    blocks=blocks,
    tables=tables,
    texts=TEXTS,
)

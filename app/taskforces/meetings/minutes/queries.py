"""Reading minutes: the drafts with what each changed, the approved text, and what a first draft would say."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.db import db
from app.core.errors import NotFound
from app.proposals.revisions.rules import Piece, difference
from app.taskforces.meetings.items.queries import items
from app.taskforces.meetings.minutes import words
from app.taskforces.meetings.minutes.models import MinutesApproval, MinutesDraft
from app.taskforces.meetings.minutes.rules import ApprovedBy, Part, assembled, parts_of
from app.taskforces.meetings.models import Meeting
from app.taskforces.meetings.outcomes.models import Outcome
from app.taskforces.meetings.outcomes.queries import carried_over, outcomes
from app.taskforces.meetings.queries import MeetingFacts
from app.taskforces.meetings.rules import MeetingStage, code
from app.taskforces.meetings.sessions.queries import places
from app.taskforces.signing import queries as signing
from app.taskforces.signing.rules import MatterKind


@dataclass(frozen=True, kw_only=True)
class DraftRow:
    """One text of the minutes."""

    id: int
    number: int
    body: str
    digest: str
    change: str
    author: str
    written_at: datetime

    @property
    def parts(self) -> list[Part]:
        """Its parts, each with its heading."""
        return parts_of(self.body)


@dataclass(frozen=True, kw_only=True)
class ApprovalRow:
    """Which text was approved, how and when."""

    number: int
    approved_by: ApprovedBy
    approved_on: date
    at_meeting_id: int | None
    at_meeting_code: str | None


@dataclass(frozen=True, kw_only=True)
class Unapproved:
    """A meeting of a task force whose minutes wait for approval."""

    meeting_id: int
    code: str
    title: str


def drafts(meeting_id: int) -> list[DraftRow]:
    """Every text of the minutes, the first one first."""
    columns = MinutesDraft.__table__.c
    names = ("id", "number", "body", "digest", "change", "written_at")
    query = sa.select(*(columns[name] for name in names), Person.public_name.label("author"))
    query = query.join(Person, Person.id == columns.written_by_id).where(columns.meeting_id == meeting_id)
    return [DraftRow(**row._mapping) for row in db.session.execute(query.order_by(columns.number))]


def newest(meeting_id: int) -> DraftRow:
    """The newest text; NotFound before there is one."""
    found = drafts(meeting_id)
    if not found:
        raise NotFound
    return found[-1]


def changed_by(texts: list[DraftRow], number: int) -> tuple[Piece, ...]:
    """What the text with this number changed of the one before, word by word; nothing for the first."""
    by_number = {text.number: text.body for text in texts}
    if number not in by_number or number - 1 not in by_number:
        return ()
    return difference(by_number[number - 1], by_number[number])


def changed_since_first(texts: list[DraftRow]) -> tuple[Piece, ...]:
    """How the first of these texts became the last one, word by word; nothing where there is only one."""
    return difference(texts[0].body, texts[-1].body) if len(texts) > 1 else ()


def approval(meeting_id: int) -> ApprovalRow | None:
    """How the minutes were approved; None before they are."""
    query = (
        sa.select(
            MinutesDraft.number,
            MinutesApproval.approved_by,
            MinutesApproval.approved_on,
            Meeting.id,
            Meeting.task_force_id,
            Meeting.number,
        )
        .join(MinutesDraft, MinutesDraft.id == MinutesApproval.draft_id)
        .outerjoin(Outcome, Outcome.id == MinutesApproval.outcome_id)
        .outerjoin(Meeting, Meeting.id == Outcome.meeting_id)
        .where(MinutesApproval.meeting_id == meeting_id)
    )
    found = db.session.execute(query).first()
    if found is None:
        return None
    number, way, on, at_id, body, at_number = found
    at_code = code(body, at_number) if at_id else None
    return ApprovalRow(number=number, approved_by=way, approved_on=on, at_meeting_id=at_id, at_meeting_code=at_code)


def put_before_both(meeting: MeetingFacts, text: DraftRow) -> int | None:
    """The agreement by which both co-chairs are asked to sign this text; None where they are not, or no more."""
    for row in signing.open_of([meeting.task_force_id]):
        about = (row.payload.get("meeting_id"), row.payload.get("sha256"))
        if row.kind is MatterKind.MINUTES and about == (meeting.id, text.digest):
            return row.id
    return None


def unapproved(task_force_id: int) -> list[Unapproved]:
    """The meetings of a task force whose minutes are a draft, the earliest first."""
    query = sa.select(Meeting.id, Meeting.number, Meeting.title).where(
        Meeting.task_force_id == task_force_id, Meeting.stage == MeetingStage.MINUTES_DRAFT
    )
    rows = db.session.execute(query.order_by(Meeting.starts_at, Meeting.id))
    return [Unapproved(meeting_id=id_, code=code(task_force_id, number), title=title) for id_, number, title in rows]


def assembled_from(meeting: MeetingFacts) -> str:
    """What a first draft says, from everything that was written down in session."""
    found = outcomes(meeting.id)
    parts = [words.head(meeting), words.attendance(places(meeting), meeting.public_count or 0)]
    parts += [words.of_item(item, found) for item in items(meeting.id)]
    open_ = carried_over(meeting.task_force_id, before=meeting.id)
    if open_:
        parts.append(words.carried(open_, meeting))
    return assembled(parts)

"""The verbs of minutes: draft them from the outcomes, amend them in the open, approve one text for good."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask_babel import force_locale
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure
from app.core.events import publish
from app.places.models import Neighborhood
from app.taskforces.meetings import queries as meeting_queries
from app.taskforces.meetings import services as meetings
from app.taskforces.meetings import words as meeting_words
from app.taskforces.meetings.minutes import queries
from app.taskforces.meetings.minutes.events import MinutesAmended, MinutesApproved, MinutesDrafted
from app.taskforces.meetings.minutes.models import MinutesApproval, MinutesDraft
from app.taskforces.meetings.minutes.rules import ApprovedBy, digest_of
from app.taskforces.meetings.models import Meeting
from app.taskforces.meetings.rules import Act, MeetingStage, can
from app.taskforces.signing.rules import Signed


@dataclass(frozen=True, kw_only=True)
class AmendMinutes:
    """Another text, what was changed in it, and the number of the one that was read."""

    body: str
    change: str
    read_up_to: int


def draft(meeting_id: int, *, by: Actor) -> MinutesDraft:
    """Assemble the first draft from what was written down in session; it is public from then on."""
    with transaction():
        meeting = meetings.opened(meeting_id, Act.DRAFT_MINUTES, by)
        told = meeting_queries.facts(meeting.id)
        with force_locale(db.session.get_one(Neighborhood, told.neighborhood_id).languages[0]):
            body = queries.assembled_from(told)
        row = _kept(meeting, body, number=1, change="", by=by)
        meeting.stage = MeetingStage.MINUTES_DRAFT
        publish(
            MinutesDrafted(
                actor_id=by.id,
                meeting_id=meeting.id,
                task_force_id=meeting.task_force_id,
                draft_id=row.id,
                digest=row.digest,
            )
        )
    return row


def amend(meeting_id: int, command: AmendMinutes, *, by: Actor) -> MinutesDraft:
    """Put another text in its place; the last one stays, and everybody sees what was changed."""
    with transaction():
        meeting = meetings.opened(meeting_id, Act.AMEND_MINUTES, by)
        newest = queries.newest(meeting.id)
        behind = _("Somebody has saved another draft since you began. Read it, then put your changes into it.")
        ensure(command.read_up_to == newest.number, "behind", behind, field="body")
        ensure(command.body != newest.body, "same", _("Nothing was changed."), field="body")
        row = _kept(meeting, command.body, number=newest.number + 1, change=command.change, by=by)
        publish(
            MinutesAmended(actor_id=by.id, meeting_id=meeting.id, draft_id=row.id, number=row.number, digest=row.digest)
        )
    return row


def approve_at_meeting(meeting_id: int, outcome_id: int, *, at: Meeting, by: Actor) -> MinutesApproval:
    """Approve the newest draft of an earlier meeting by a carried decision of a later one of the same task force; joins
    the transaction in which that is recorded."""
    with transaction():
        meeting = _to_approve(meeting_id)
        ours = meeting.task_force_id == at.task_force_id and meeting.id != at.id
        ensure(ours, "not_ours", _("A task force approves its own earlier minutes."), field="approves")
        return _approved(meeting, ApprovedBy.NEXT_MEETING, outcome_id=outcome_id, by_id=by.id)


def to_approve(subject_id: int, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """What both co-chairs of a task force (the subject) sign: the newest draft of the minutes, by its hash."""
    told = meeting_queries.facts(int(answers["meeting_id"]))
    if told.task_force_id != subject_id:
        raise NotFound
    _ensure_draft(told.stage)
    newest = queries.newest(told.id)
    return {"meeting_id": told.id, "meeting": told.code, "draft": newest.number, "sha256": newest.digest}


def told(payload: Mapping[str, Any], _currency: str) -> Sequence[tuple[str, str]]:
    """The same in plain words."""
    return (
        (_("Meeting"), str(payload["meeting"])),
        (_("Draft of the minutes"), str(payload["draft"])),
        (_("Hash of its text (SHA-256)"), str(payload["sha256"])),
    )


def approve_signed(signed: Signed) -> MinutesApproval:
    """Approve the text that both co-chairs have signed; joins the transaction of the last signature."""
    with transaction():
        meeting = _to_approve(int(signed.payload["meeting_id"]))
        newest = queries.newest(meeting.id)
        changed = _("The minutes have been amended since. They must be signed anew.")
        ensure(newest.digest == signed.payload["sha256"], "changed", changed)
        return _approved(meeting, ApprovedBy.CO_CHAIRS, outcome_id=None, by_id=signed.last_signer_id)


def approves(outcome_id: int) -> bool:
    """Whether minutes were approved by this decision."""
    return bool(db.session.scalar(sa.select(sa.exists().where(MinutesApproval.outcome_id == outcome_id))))


def _to_approve(meeting_id: int) -> Meeting:
    meeting = locked(Meeting, meeting_id)
    if meeting is None:
        raise NotFound
    _ensure_draft(meeting.stage)
    return meeting


def _ensure_draft(stage: MeetingStage) -> None:
    message = str(meeting_words.NOT_NOW[Act.APPROVE_MINUTES])
    ensure(can(Act.APPROVE_MINUTES, stage), "not_now", message, field="approves")


def _approved(meeting: Meeting, way: ApprovedBy, *, outcome_id: int | None, by_id: int) -> MinutesApproval:
    newest = queries.newest(meeting.id)
    row = MinutesApproval(
        meeting_id=meeting.id,
        draft_id=newest.id,
        approved_by=way,
        outcome_id=outcome_id,
        approved_on=today(meeting.task_force.neighborhood.time_zone),
        approved_at=now(),
    )
    db.session.add(row)
    meeting.stage = MeetingStage.MINUTES_APPROVED
    db.session.flush()
    publish(
        MinutesApproved(
            actor_id=by_id,
            meeting_id=meeting.id,
            task_force_id=meeting.task_force_id,
            draft_id=newest.id,
            digest=newest.digest,
            approved_by=way,
        )
    )
    return row


def _kept(meeting: Meeting, body: str, *, number: int, change: str, by: Actor) -> MinutesDraft:
    row = MinutesDraft(
        meeting_id=meeting.id,
        number=number,
        body=body,
        digest=digest_of(body),
        change=change,
        written_by_id=by.id,
        written_at=now(),
    )
    db.session.add(row)
    db.session.flush()
    return row

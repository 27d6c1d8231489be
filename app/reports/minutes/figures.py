"""The figures of a meeting's minutes, read once: what was written down in session, and the text that was approved."""

from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.core.errors import DomainError
from app.core.moments import day_in
from app.reports.rules import Line
from app.taskforces.interests import queries as interests
from app.taskforces.interests.queries import InterestRow
from app.taskforces.meetings import queries as meetings
from app.taskforces.meetings.items.queries import ItemFacts, items
from app.taskforces.meetings.minutes import queries as minutes
from app.taskforces.meetings.minutes.queries import ApprovalRow, DraftRow
from app.taskforces.meetings.outcomes import queries as outcomes
from app.taskforces.meetings.outcomes.queries import ActionRow, OutcomeRow
from app.taskforces.meetings.queries import MeetingFacts
from app.taskforces.meetings.sessions import queries as sessions
from app.taskforces.meetings.sessions.queries import PlaceRow
from app.taskforces.questions.answering import queries as answering
from app.taskforces.questions.lists import queries as questions

Plain = dict[str, Any]
MOST_QUESTIONS = 200


def figures(line: Line) -> Plain:
    """Everything the minutes of a meeting print; refused before there is a draft of them."""
    meeting = meetings.facts(line.subject_id)
    texts = minutes.drafts(meeting.id)
    if not meeting.has_ended or not texts:
        raise DomainError("no_minutes", _("The minutes of this meeting are not drafted yet."))
    on = day_in(meeting.time_zone, meeting.opened_at or meeting.starts_at)
    places = sessions.places(meeting)
    names = {row.seat.person_id: row.seat.name for row in places}
    found = outcomes.outcomes(meeting.id)
    return {
        "meeting": _meeting(meeting, on),
        "places": [_place(row) for row in places],
        "items": [_item(each, found, names, on) for each in items(meeting.id)],
        "interests": [_interest(row, names) for row in interests.interests(list(names)) if row.declared.lasts(on)],
        "questions": [_question(row.number) for row in questions.of_meeting(meeting.id, most=MOST_QUESTIONS).items],
        "carried": [_carried(row, on) for row in outcomes.open_after(meeting.task_force_id, on, but=meeting.id)],
        "text": _text(texts, minutes.approval(meeting.id)),
    }


def _meeting(meeting: MeetingFacts, on: date) -> Plain:
    same = "id kind title place body_name chairing_side opened_at ended_at minutes_due_on".split()
    counted = meeting.quorum
    return {
        **{name: getattr(meeting, name) for name in same},
        "code": meeting.code,
        "held_on": on,
        "public_count": meeting.public_count or 0,
        "needed": counted.needed if counted else 0,
        "community": counted.community if counted else 0,
        "institution": counted.institution if counted else 0,
        "is_quorate": counted.is_met if counted else None,
    }


def _place(row: PlaceRow) -> Plain:
    seat = row.seat
    return {"name": seat.name, "kind": seat.kind, "side": seat.side, "presence": row.presence}


def _item(item: ItemFacts, found: list[OutcomeRow], names: dict[int, str], on: date) -> Plain:
    same = "position title purpose about lead project_title".split()
    out = interests.recused(list(names), on, project_id=item.project_id)
    return {
        **{name: getattr(item, name) for name in same},
        "recused": sorted(names[id_] for id_ in out),
        "outcomes": [_outcome(row) for row in found if row.item_id == item.id],
    }


def _outcome(row: OutcomeRow) -> Plain:
    action = row.action
    return {
        "kind": row.kind,
        "text": row.text,
        "again": row.about,
        "vote": row.vote,
        "action": {"owner": action.owner, "due_on": action.due_on} if action else None,
    }


def _interest(row: InterestRow, names: dict[int, str]) -> Plain:
    return {
        "name": names[row.declared.person_id],
        "about": row.about,
        "text": row.text,
        "effect": row.declared.effect,
        "starts_on": row.declared.starts_on,
    }


def _question(number: int) -> Plain:
    """A question as everybody may read it, with its newest answer in plain words."""
    told = answering.question(number, None)
    row, answer = told.row, told.answers[-1] if told.answers else None
    return {
        "code": row.code,
        "words": row.words,
        "by": row.public_name,
        "stage": row.stage,
        "asked_on": row.asked_on,
        "answer": answer.plain if answer else None,
        "answered_by": answer.name if answer else None,
        "answered_on": answer.answered_on if answer else None,
    }


def _carried(row: ActionRow, on: date) -> Plain:
    return {
        "meeting": row.meeting_code,
        "text": row.text,
        "owner": row.owner,
        "due_on": row.due_on,
        "age_days": (on - row.made_on).days,
        "days_over": max(0, (on - row.due_on).days),
    }


def _text(texts: list[DraftRow], approval: ApprovalRow | None) -> Plain:
    """The text that was approved, else the newest one; how the first became it, and each step between."""
    last = texts[-1] if approval is None else next(each for each in texts if each.number == approval.number)
    between = [each for each in texts if each.number <= last.number]
    return {
        "number": last.number,
        "digest": last.digest,
        "parts": last.parts,
        "drafts": [_draft(each) for each in between],
        "pieces": [{"kind": each.kind, "text": each.text} for each in minutes.changed_since_first(between)],
        "approved_on": approval.approved_on if approval else None,
        "approved_at": approval.at_meeting_code if approval else None,
    }


def _draft(row: DraftRow) -> Plain:
    return {"number": row.number, "change": row.change, "author": row.author, "written_at": row.written_at}

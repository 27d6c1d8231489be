"""The figures of a meeting's notice and agenda, read once; nothing of what is for those who lead it."""

from hashlib import sha256
from typing import Any

from flask_babel import gettext as _

from app.core.errors import DomainError
from app.reports.rules import Line
from app.taskforces.meetings import queries as meetings
from app.taskforces.meetings.items import queries as items
from app.taskforces.meetings.items.queries import Timed
from app.taskforces.meetings.papers import queries as papers
from app.taskforces.meetings.papers.queries import KeptPaper
from app.taskforces.meetings.queries import ChangeRow, MeetingFacts
from app.taskforces.meetings.rules import MeetingStage

Plain = dict[str, Any]
OFF = (MeetingStage.POSTPONED, MeetingStage.CANCELLED)


def figures(line: Line) -> Plain:
    """Everything the notice and the agenda print; refused before the meeting is announced."""
    meeting = meetings.facts(line.subject_id)
    if meeting.stage is MeetingStage.DRAFT:
        raise DomainError("not_announced", _("This meeting is not announced yet."))
    agenda = items.timed(items.items(meeting.id), meeting.starts_at)
    found = papers.kept(meeting.id)
    numbers = {paper.id: number for number, paper in enumerate(found, 1)}
    return {
        "meeting": _meeting(meeting),
        "items": [_item(each, [numbers[p.id] for p in found if p.item_id == each.item.id]) for each in agenda],
        "minutes": sum(each.item.minutes for each in agenda),
        "papers": [_paper(each, numbers[each.id], agenda) for each in found],
        "changes": [_change(each) for each in meetings.changes(meeting.id)],
    }


def _meeting(meeting: MeetingFacts) -> Plain:
    same = (
        "id kind title place access interpretation childcare online_link body_name chairing_side time_zone starts_at"
        " ends_at noticed_at agenda_edition reason"
    ).split()
    return {
        **{name: getattr(meeting, name) for name in same},
        "code": meeting.code,
        "day_on": meeting.day,
        "off": meeting.stage if meeting.stage in OFF else None,
    }


def _item(each: Timed, numbers: list[int]) -> Plain:
    same = "position title purpose about lead minutes project_title".split()
    return {
        **{name: getattr(each.item, name) for name in same},
        "begins_at": each.begins_at,
        "papers": numbers,
    }


def _paper(row: KeptPaper, number: int, agenda: list[Timed]) -> Plain:
    return {
        "id": row.id,
        "number": number,
        "item": next(each.item.position for each in agenda if each.item.id == row.item_id),
        "title": row.title,
        "pages": row.pages,
        "weight": row.weight,
        "kept": row.digest,
        "sha256": sha256(papers.content(row.digest)).hexdigest(),
    }


def _change(row: ChangeRow) -> Plain:
    return {"stage": row.stage, "starts_at": row.starts_at, "reason": row.reason, "changed_at": row.changed_at}

"""Two co-chairs at the same moment: nothing is written over, and no number is given twice."""

from concurrent.futures import ThreadPoolExecutor

from app.core.db import db
from app.core.errors import DomainError
from app.taskforces.meetings import services as meetings
from app.taskforces.meetings.minutes import queries, services
from app.taskforces.meetings.minutes.services import AmendMinutes
from app.taskforces.meetings.rules import MeetingStage
from tests.taskforces.meetings import gathering


def at_once(app, act, people):
    """What became of it as everybody does it at the same moment: done, or the code of the refusal."""

    def one(who):
        with app.app_context():
            try:
                act(who)
            except DomainError as refused:
                return refused.code
            return "done"

    db.session.rollback()
    with ThreadPoolExecutor(len(people)) as threads:
        return sorted(threads.map(one, people))


def test_two_who_amend_at_once_do_not_write_over_each_other(app):
    body = gathering.body()
    meeting_id = gathering.meeting(body.row, MeetingStage.MINUTES_DRAFT).id

    def write(who):
        command = AmendMinutes(body=f"June\nAs {who.name} saw it.", change="How I saw it", read_up_to=1)
        services.amend(meeting_id, command, by=who)

    assert at_once(app, write, [body.ada, body.ben]) == ["behind", "done"]
    assert [text.number for text in queries.drafts(meeting_id)] == [1, 2]


def test_two_meetings_drafted_at_once_have_two_numbers(app):
    body = gathering.body()
    body_id, wish = body.row.id, gathering.wish()
    assert at_once(app, lambda who: meetings.draft(body_id, wish, by=who), [body.ada, body.ben]) == ["done", "done"]
    page = meetings.queries.meetings(body_id, drafts=True, page=1)
    assert sorted(row.number for row in page.items) == [1, 2]

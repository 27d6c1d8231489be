"""Minutes are made of what was written down, amended in the open, and approved once, for good (rule 23)."""

import pytest
import sqlalchemy as sa

from app.core.clock import now
from app.core.db import db
from app.proposals.revisions.rules import Kind
from app.taskforces.meetings import services as meetings
from app.taskforces.meetings.minutes import queries, services
from app.taskforces.meetings.minutes.models import MinutesApproval, MinutesDraft
from app.taskforces.meetings.minutes.rules import ApprovedBy
from app.taskforces.meetings.minutes.services import AmendMinutes
from app.taskforces.meetings.outcomes import services as outcomes
from app.taskforces.meetings.outcomes.rules import ActionState
from app.taskforces.meetings.rules import MeetingStage, Presence
from app.taskforces.meetings.sessions import services as sessions
from app.taskforces.signing import services as signing
from app.taskforces.signing.queries import agreement
from app.taskforces.signing.rules import Ending, MatterKind, Verdict
from app.taskforces.signing.services import Propose, Sign
from tests import make
from tests.taskforces.meetings import gathering
from tests.taskforces.meetings.gathering import refusal
from tests.taskforces.meetings.test_outcomes import AGAINST, agree, decide

S = MeetingStage


@pytest.fixture
def body(app):
    """A task force with a chair on each side."""
    return gathering.body()


def drafted(body):
    """A meeting that has ended, with a first draft of its minutes."""
    meeting = gathering.in_session(body)
    outcomes.note(gathering.item(meeting), "The light is out since May.", by=body.ada)
    decide(meeting, body)
    agree(meeting, body)
    sessions.end_session(meeting.id, by=body.ada)
    services.draft(meeting.id, by=body.ada)
    return meeting


def in_draft(body):
    """A meeting of the other day with a short first draft, put there without living through it."""
    return gathering.meeting(body.row, S.MINUTES_DRAFT)


def amend(meeting, body, text="June\nAmended.", read_up_to=1, change="A name was wrong"):
    command = AmendMinutes(body=text, change=change, read_up_to=read_up_to)
    return services.amend(meeting.id, command, by=body.ben)


def test_the_first_draft_says_who_was_there_and_what_came_of_each_item(body):
    told = queries.newest(drafted(body).id).body
    lines = ["Attendance", f"{body.ada.name} (Co-chair, Community side): Here", "1. Lamps on Mill Lane", "a quorum"]
    lines += ["4 people without a seat were there.", "The light is out since May.", "Decision: We buy six lamps."]
    lines += ["1 for, 0 against, 0 abstained", "Carried.", "Action: Ask for prices – Streets department, by "]
    assert [line for line in lines if line not in told] == []
    assert "fuse" not in told and queries.newest(drafted(body).id).number == 1


def test_the_minutes_of_an_inquorate_meeting_say_so_and_carry_the_open_actions(body):
    drafted(body)
    meeting = gathering.in_session(body, ben=Presence.ABSENT)
    sessions.end_session(meeting.id, by=body.ada)
    services.draft(meeting.id, by=body.ada)
    told = queries.newest(meeting.id).body
    assert "no quorum" in told and "Carried over from earlier meetings" in told and "open for 0 days" in told


def test_an_amended_draft_shows_what_has_changed_and_the_first_one_stays(body):
    meeting = in_draft(body)
    first = queries.newest(meeting.id).body
    amend(meeting, body, first.replace("Six lamps", "Five lamps"))
    texts = queries.drafts(meeting.id)
    pieces = queries.changed_by(texts, 2)
    changed = [(p.kind, p.text) for p in pieces if p.kind is not Kind.SAME]
    assert changed == [(Kind.TAKEN_OUT, "Six"), (Kind.PUT_IN, "Five")]
    assert (texts[0].body, texts[1].change, texts[1].author) == (first, "A name was wrong", body.ben.name)
    assert queries.changed_by(texts, 1) == ()


def test_nobody_writes_over_a_draft_they_have_not_read(body):
    meeting = in_draft(body)
    amend(meeting, body)
    assert refusal(lambda: amend(meeting, body, "June\nOther.")) == ("behind", "body")
    assert refusal(lambda: amend(meeting, body, read_up_to=2)) == ("same", "body")


def test_a_later_meeting_approves_by_a_carried_decision(body):
    meeting, later = in_draft(body), gathering.in_session(body)
    decide(later, body, approves=meeting.id, community=AGAINST)
    assert queries.approval(meeting.id) is None and meeting.stage is S.MINUTES_DRAFT
    decision = decide(later, body, approves=meeting.id)
    found = queries.approval(meeting.id)
    assert (meeting.stage, found.approved_by, found.at_meeting_id) == (
        S.MINUTES_APPROVED,
        ApprovedBy.NEXT_MEETING,
        later.id,
    )
    assert refusal(lambda: outcomes.take_back(decision.id, by=body.ada))[0] == "has_approved"
    assert refusal(lambda: decide(later, body, approves=meeting.id))[0] == "not_now"


def test_a_meeting_approves_neither_itself_nor_those_of_another_task_force(body):
    foreign = gathering.meeting(gathering.body().row, S.MINUTES_DRAFT)
    later = gathering.in_session(body)
    assert refusal(lambda: decide(later, body, approves=foreign.id)) == ("not_ours", "approves")
    assert refusal(lambda: decide(later, body, approves=later.id))[0] == "not_now"
    assert foreign.stage is S.MINUTES_DRAFT


def put_before_both(meeting, body, by=None):
    answers = {"meeting_id": meeting.id}
    command = Propose(kind=MatterKind.MINUTES, task_force_id=body.row.id, project_id=None, answers=answers)
    return signing.propose(command, by=by or body.ada)


def sign(agreement_id, who):
    seen = agreement(agreement_id).hash
    return signing.sign(agreement_id, Sign(verdict=Verdict.APPROVE, statement="", seen=seen), by=make.fresh(who))


def test_both_co_chairs_approve_by_signing_the_hash_of_the_newest_draft(body):
    meeting = in_draft(body)
    asked = put_before_both(meeting, body)
    assert agreement(asked).payload["sha256"] == queries.newest(meeting.id).digest
    assert sign(asked, body.ada) is None and meeting.stage is S.MINUTES_DRAFT
    assert sign(asked, body.ben) is Ending.EXECUTED and meeting.stage is S.MINUTES_APPROVED
    assert queries.approval(meeting.id).approved_by is ApprovedBy.CO_CHAIRS


def test_who_signs_minutes_can_read_them_from_where_they_sign(body, browser):
    asked = put_before_both(in_draft(body), body)
    page = browser.sign_in(make.account(body.ada)).open(f"/agreements/{asked}")
    assert page.follow("Read these minutes").status == 200


def test_a_draft_that_is_amended_after_the_first_signature_is_not_approved(body):
    meeting = in_draft(body)
    asked = put_before_both(meeting, body)
    sign(asked, body.ada)
    amend(meeting, body)
    assert refusal(lambda: sign(asked, body.ben))[0] == "changed"
    assert meeting.stage is S.MINUTES_DRAFT and queries.approval(meeting.id) is None


def test_the_check_notices_when_the_newest_draft_is_not_looked_at(body, monkeypatch):
    meeting = in_draft(body)
    first = queries.newest(meeting.id)
    asked = put_before_both(meeting, body)
    sign(asked, body.ada)
    amend(meeting, body)
    monkeypatch.setattr(services.queries, "newest", lambda _: first)
    assert sign(asked, body.ben) is Ending.EXECUTED


def test_approved_minutes_cannot_be_changed_even_by_hand(body):
    meeting, later = in_draft(body), gathering.in_session(body)
    decide(later, body, approves=meeting.id)
    assert refusal(lambda: amend(meeting, body))[0] == "not_now"
    for table in (MinutesDraft, MinutesApproval):
        for statement in (sa.delete(table), sa.update(table).values(meeting_id=later.id)):
            with pytest.raises(sa.exc.DatabaseError, match="append-only"), db.engine.begin() as connection:
                connection.execute(statement)
    late = {"number": 2, "body": "Other", "digest": "x" * 64, "change": "Late", "written_by_id": body.ada.id}
    with pytest.raises(sa.exc.DatabaseError, match="approved"), db.engine.begin() as connection:
        connection.execute(sa.insert(MinutesDraft).values(meeting_id=meeting.id, written_at=now(), **late))


def test_a_meeting_is_closed_once_its_actions_have_ended(body):
    meeting, later = drafted(body), gathering.in_session(body)
    decide(later, body, approves=meeting.id)
    assert refusal(lambda: meetings.close(meeting.id, by=body.ada))[0] == "actions_open"
    (action,) = outcomes.queries.carried_over(body.row.id)
    outcomes.end_action(action.outcome_id, ActionState.DROPPED, "Nobody sells them.", by=body.ada)
    assert meetings.close(meeting.id, by=body.ada).stage is S.CLOSED

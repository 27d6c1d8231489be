"""What meetings voted on, as Popolo: only once the meeting is over, with the numbers of its page and nobody's name."""

import pytest

from app.taskforces.meetings.outcomes import services as outcomes
from app.taskforces.meetings.outcomes.queries import motions
from app.taskforces.meetings.outcomes.rules import Tally
from app.taskforces.meetings.outcomes.services import RecordDecision
from app.taskforces.meetings.rules import MeetingStage
from app.taskforces.meetings.sessions import services as sessions
from tests.browser import Browser
from tests.opendata import files
from tests.opendata.test_governance import FILE
from tests.taskforces.meetings import gathering

OF_ALL = {"id", "organization_id", "sources"}
WORDS = {
    "events": OF_ALL | {"name", "identifiers", "start_date", "end_date", "location", "status", "classification"},
    "motions": OF_ALL | {"legislative_session_id", "text", "classification", "date", "requirement", "result"},
    "vote_events": OF_ALL | {"legislative_session_id", "motion_id", "start_date", "result", "group_results", "counts"},
}
"""The words of Popolo for what is published here; its schema is in no package, so they stand here in ours."""
COUNT = {"option", "value", "group"}
FOR, SPLIT = Tally(yes=1, no=0, abstained=0), Tally(yes=0, no=0, abstained=1)


@pytest.fixture
def body(app):
    return gathering.body()


def voted(body, institution=FOR):
    """A meeting in session that has voted on something."""
    row = gathering.in_session(body)
    movers = {"moved_by": gathering.seat(body, body.ada), "seconded_by": gathering.seat(body, body.ben)}
    said = RecordDecision(text="We buy six <lamps>.", community=FOR, institution=institution, **movers)
    outcomes.decide(gathering.item(row), said, by=body.ada)
    return row


def ended(body, row):
    sessions.end_session(row.id, by=body.ada)


def test_a_motion_and_its_vote_are_told_in_the_words_of_popolo(app, body):
    ended(body, row := voted(body))
    found = files.data(app, FILE)
    (event,), (motion,), (vote,) = found["events"], found["motions"], found["vote_events"]
    for name, words in WORDS.items():
        assert set(found[name][0]) <= words, name
    assert motion["legislative_session_id"] == vote["legislative_session_id"] == event["id"]
    assert vote["motion_id"] == motion["id"] and motion["text"] == "We buy six <lamps>."
    assert {each["id"] for each in found["organizations"]} >= {motion["organization_id"], event["organization_id"]}
    assert all(set(count) == COUNT for count in vote["counts"])
    assert [(each["group"]["name"], each["result"]) for each in vote["group_results"]] == [
        ("community", "pass"),
        ("institution", "pass"),
    ]
    assert event["sources"][0]["url"].endswith(f"/meetings/{row.id}")


def test_the_numbers_are_those_of_the_page(app, body):
    ended(body, row := voted(body, institution=SPLIT))
    (vote,) = files.data(app, FILE)["vote_events"]
    told = {(each["group"]["name"], each["option"]): each["value"] for each in vote["counts"]}
    assert told[("community", "yes")] == 1 and told[("institution", "abstain")] == 1 and sum(told.values()) == 2
    assert vote["result"] == "fail" and files.data(app, FILE)["motions"][0]["result"] == "fail"
    assert "Not carried" in Browser(app).open(f"/meetings/{row.id}").text


def test_nothing_is_told_while_the_meeting_sits(app, body):
    voted(body)
    found = files.data(app, FILE)
    assert found["motions"] == found["vote_events"] == [] and found["events"][0]["status"] == "in_session"


def test_the_check_notices_a_query_that_tells_before_the_end(app, body, monkeypatch):
    voted(body)
    monkeypatch.setattr("app.taskforces.meetings.outcomes.queries.ENDED", tuple(MeetingStage))
    assert len(motions()) == 1


def test_no_name_of_a_mover_is_in_the_file(app, body):
    ended(body, voted(body))
    found = files.data(app, FILE)
    told = str([found["motions"], found["vote_events"], found["events"]])
    assert body.ada.name not in told and body.ben.name not in told


def test_a_meeting_nobody_is_invited_to_is_not_in_it(app, body):
    gathering.meeting(body.row, MeetingStage.DRAFT)
    assert files.data(app, FILE)["events"] == []

"""What pages say of themselves in JSON-LD: only words that schema.org has, only what the page shows, and nobody."""

import json
from dataclasses import replace
from hashlib import sha256
from importlib import import_module
from urllib.parse import urlsplit

import pytest

from app.core.access import Role
from app.core.db import transaction
from app.cycles.rules import PublicationLevel
from app.opendata.linked import exports
from app.proposals.spots.rules import Where
from app.reports import services
from app.taskforces.meetings.rules import MeetingStage
from app.taskforces.questions.rules import Stage
from app.voting.results.publication.rules import HOLD_RANKINGS
from tests import make
from tests.browser import Browser
from tests.opendata.test_places import DIGITS, funded
from tests.proposals.spots.town import IN_WEST
from tests.reports import printing
from tests.taskforces.meetings import gathering
from tests.taskforces.questions import asked
from tests.voting.results import board

HOSTILE = "</script><script>alert(1)</script><!-- ' & \u2028 " + "x" * 40


def facts_on(app, address, person=None):
    """The facts of a page; None where it tells none."""
    browser = Browser(app)
    page = (browser.sign_in(person) if person else browser).open(address)
    assert page.status == 200, address
    return facts_in(page)


def facts_in(page):
    blocks = page.all("script", type="application/ld+json")
    assert len(blocks) <= 1
    return json.loads(blocks[0].text) if blocks else None


def unknown(found):
    """Every type and property that schema.org does not have, wherever it stands."""
    if isinstance(found, list):
        return {word for each in found for word in unknown(each)}
    if not isinstance(found, dict):
        return set()
    kind = found["@type"]
    try:
        fields = getattr(import_module(f"pydantic2_schemaorg.{kind}"), kind).__fields__
    except ModuleNotFoundError:
        return {kind}
    wrong = {f"{kind}.{name}" for name in found if not name.startswith("@") and name not in fields}
    return wrong | {word for each in found.values() for word in unknown(each)}


@pytest.fixture
def town(app):
    """A project whose proposal lies at a private address, and a meeting of the task force it was given to."""
    project = funded(Where.AREA, IN_WEST)
    with transaction():
        project.title = HOSTILE
        project.proposal.author.public_name = "Canary Author"
    gathering.meeting(project.task_force, title=HOSTILE, online_link="https://meet.example.org/1")
    return project


def addresses(project):
    """A page of each kind that lies around a project."""
    body = project.task_force
    return [
        f"/projects/{project.id}",
        f"/task-forces/{body.slug}",
        f"/neighborhoods/{body.neighborhood.slug}",
        *("/open/", "/open/data/projects", "/open/data/budget", "/reports/"),
    ]


def test_every_page_of_a_town_uses_words_that_schema_org_has(app, town):
    told = {address: facts_on(app, address) for address in addresses(town)}
    assert all(found and found["@context"] == "https://schema.org" for found in told.values())
    assert {word for found in told.values() for word in unknown(found)} == set()
    assert {found["@id"] for found in told.values()} == {found["url"] for found in told.values()}


def test_the_check_notices_words_that_are_none():
    assert unknown({"@type": "Event", "color": "red", "location": {"@type": "Hall"}}) == {"Event.color", "Hall"}


def test_hostile_text_stays_inside_its_block(app, town):
    html = Browser(app).open(f"/projects/{town.id}").html
    assert facts_on(app, f"/projects/{town.id}")["name"] == town.title
    assert "<script>alert" not in html and "\u2028" not in html.split("ld+json")[1].split("</script>")[0]


def test_the_check_notices_a_block_that_is_not_escaped(app, town):
    page = Browser(app).open(f"/projects/{town.id}")
    begin, end = page.html.index("ld+json") + 9, page.html.index("</script>", page.html.index("ld+json"))
    raw = page.html[:begin] + json.dumps(facts_in(page)) + page.html[end:]
    with pytest.raises(ValueError):
        facts_in(replace(page, html=raw))


def telling(app, project):
    """The pages whose facts tell degrees or a person's name."""
    found = {address: json.dumps(facts_on(app, address)) for address in addresses(project)}
    return [address for address, text in found.items() if any(each in text for each in (*DIGITS, "Canary"))]


def test_facts_name_no_person_and_no_degrees(app, town):
    assert telling(app, town) == []


def test_the_check_notices_facts_that_name_the_proposer(app, town, monkeypatch):
    def named(card):
        return exports.project(card) | {"founder": card.proposer}

    monkeypatch.setitem(app.jinja_env.filters, "linked_project", named)
    assert telling(app, town) == [f"/projects/{town.id}"]


STATUS = {
    MeetingStage.NOTICED: "EventScheduled",
    MeetingStage.POSTPONED: "EventPostponed",
    MeetingStage.CANCELLED: "EventCancelled",
    MeetingStage.HELD: "EventScheduled",
}


def test_a_meeting_is_an_event_that_says_whether_it_takes_place(app):
    body = make.task_force()
    for stage, status in STATUS.items():
        row = gathering.meeting(body, stage, online_link="https://meet.example.org/1")
        found = facts_on(app, f"/meetings/{row.id}")
        assert found["eventStatus"].endswith(status) and unknown(found) == set()
        assert [each["@type"] for each in found["location"]] == ["Place", "VirtualLocation"]
        assert found["startDate"] < found["endDate"]


def test_a_meeting_that_nobody_is_invited_to_tells_nothing(app):
    body = gathering.body()
    row = gathering.meeting(body.row, MeetingStage.DRAFT)
    assert facts_on(app, f"/meetings/{row.id}", make.account(body.ada)) is None


def test_a_question_has_its_answer_once_it_may_be_read(app):
    at = asked.scene()
    waiting, answered = asked.ask(at), asked.at_stage(at, Stage.CLOSED)
    assert facts_on(app, f"/questions/Q-{waiting}") is None
    found = facts_on(app, f"/questions/Q-{answered}")
    assert unknown(found) == set()
    assert [each["text"] for each in found["mainEntity"]["acceptedAnswer"]] == [asked.PLAIN.plain]


def fetched(app, address):
    parts = urlsplit(address)
    answer = app.test_client().get(f"{parts.path}?{parts.query}")
    assert answer.status_code == 200, address
    return answer.data


def test_a_result_and_its_report_name_the_files_of_their_level_and_a_withdrawn_report_none(app):
    cycle_id = board.certified(publication_level=PublicationLevel.TOTALS).vote.cycle_id
    result = facts_on(app, f"/results/{cycle_id}")
    names = {each["name"] for each in result["distribution"] if fetched(app, each["contentUrl"])}
    assert unknown(result) == set() and "outcome.json" in names and not names & set(HOLD_RANKINGS)
    edition_id = printing.made(printing.results(cycle_id)).row.id
    found = facts_on(app, f"/reports/{edition_id}")
    assert unknown(found) == set() and found["creativeWorkStatus"] == "published"
    for each in found["encoding"]:
        assert sha256(fetched(app, each["contentUrl"])).hexdigest() == each["sha256"]
    (listed,) = facts_on(app, "/reports/")["hasPart"]
    assert listed["@id"] == found["@id"]
    services.withdraw(edition_id, "A sum was wrong.", by=make.actor(Role.CLERK))
    gone = facts_on(app, f"/reports/{edition_id}")
    assert gone["creativeWorkStatus"] == "withdrawn" and "encoding" not in gone


def test_a_public_proposal_tells_its_place_by_name_only(app, town):
    found = facts_on(app, f"/proposals/{town.proposal_id}")
    assert unknown(found) == set() and found["identifier"]
    assert not any(each in json.dumps(found) for each in (*DIGITS, "Canary", "near the mill"))

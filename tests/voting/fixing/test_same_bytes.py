"""The short text an author approved is the same bytes on card, ballot, paper, booklet and project."""

import html
import re
from hashlib import sha256

import pytest
import sqlalchemy as sa

from app.core.access import Role
from app.core.db import db
from app.core.errors import DomainError
from app.cycles import queries as cycles
from app.cycles.rules import card_hash
from app.taskforces.models import TaskForce
from app.taskforces.projects import services as projects
from app.taskforces.projects.models import Project
from app.taskforces.projects.services import HandOver
from app.translating import services as translating
from app.translating.services import Translate
from app.voting import queries as votes
from app.voting.board.rules import ActKind
from app.voting.fixing import services
from app.voting.paper.printing import pages
from app.voting.results.events import FundedOption, ResultCertified
from tests import make
from tests.browser import Browser, text_of
from tests.voting.fixing import asked

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
PLACES = ("card", "card page", "ballot", "paper", "booklet", "project")


@pytest.fixture
def asking(app):
    """A cycle that has everything it asks for, running costs too, and whose ballot is not fixed yet."""
    cycle = asked.cycle_that_asks(prices_from=None, prices_until=None)
    for proposal in asked.feasible(cycle):
        asked.costed(proposal, make.actor(Role.OFFICER))
    asked.words(cycle)
    asked.bodies(cycle)
    asked.confirmed(cycle)
    return cycle


@pytest.fixture
def fixed(asking):
    """The same with its ballot fixed."""
    make.agreed(ActKind.FIX, asking.id)
    return asking


def funded(cycle):
    """Its projects, as a certified result opens them."""
    options = votes.options(votes.vote_facts(cycle.id).id)
    names = ("proposal_id", "number", "title", "summary", "cost_cents")
    won = tuple(FundedOption(**{name: getattr(option, name) for name in names}) for option in options)
    projects.open_for_winners(ResultCertified(actor_id=None, cycle_id=cycle.id, result_id=1, funded=won))
    return list(db.session.scalars(sa.select(Project).where(Project.cycle_id == cycle.id)))


def places(app, cycle):
    """What each place gives a reader, by the name of the place."""
    browser = Browser(app)
    card = cycles.rule_card(cycle.id)
    return {
        "card": [option["short_text"] for option in card.content["options"]],
        "card page": said_on(browser.open(f"/cycles/{cycle.id}/rule-card").html, "ll-short-text"),
        "ballot": said_on(browser.open(f"/ballots/{cycle.id}").html, ""),
        "paper": said_on(printed(app, cycle, "en"), "short-text"),
        "booklet": said_on(browser.open(f"/ballots/{cycle.id}/booklet").html, "ll-short-text"),
        "project": [project.scope for project in funded(cycle)],
    }


def printed(app, cycle, language):
    """The document that becomes the printed ballot."""
    with app.test_request_context():
        return pages.ballots(cycle.id, [1], language=language, large_print=False)


def said_on(page, class_):
    """The words of its paragraphs of that class, byte for byte as they were before they became HTML."""
    found = re.findall(r"<p(?: class=\"([^\"]*)\")?[^>]*>(.*?)</p>", page, re.DOTALL)
    return [html.unescape(words) for of, words in found if of == class_]


def strangers(shown):
    """The places that do not show exactly the approved bytes for each of the two options."""
    wanted = asked.TEXT.encode()
    return [place for place in PLACES if [each.encode() for each in shown[place]].count(wanted) != 2]


def test_one_text_is_the_same_bytes_everywhere(app, fixed):
    assert strangers(places(app, fixed)) == []
    [hashed] = {option["short_text_sha256"] for option in cycles.rule_card(fixed.id).content["options"]}
    assert hashed == sha256(asked.TEXT.encode()).hexdigest()
    address = f"/projects/{db.session.scalar(sa.select(Project.id))}"
    assert html.escape(asked.TEXT, quote=False) in Browser(app).open(address).html
    card = cycles.rule_card(fixed.id)
    assert card.hash == card_hash(card.text) == votes.vote_facts(fixed.id).rule_card_hash


def test_the_check_notices_one_other_byte_in_any_place(app, fixed):
    shown = places(app, fixed)
    for place in PLACES:
        other = [each.replace("“", '"') for each in shown[place]]
        assert strangers({**shown, place: other}) == [place]


def test_the_check_notices_a_fixing_that_forgets_the_approved_words(app, asking, monkeypatch):
    monkeypatch.setattr(services, "_worded", lambda option, _beside: option)
    make.agreed(ActKind.FIX, asking.id)
    assert strangers(places(app, asking)) == ["ballot", "paper", "booklet", "project"]


def test_who_reads_in_spanish_reads_the_spanish_bytes_of_the_card(app, fixed):
    browser = Browser(app)
    browser.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "es"
    shown = [
        said_on(browser.open(f"/ballots/{fixed.id}/booklet").html, "ll-short-text"),
        said_on(printed(app, fixed, "es"), "short-text"),
        [option["wordings"]["es"]["text"] for option in cycles.rule_card(fixed.id).content["options"]],
    ]
    assert shown == [[asked.TEXTO] * 2] * 3


def test_what_people_translate_after_the_fixing_comes_to_no_ballot(app, fixed):
    """And each option shows beside the Spanish words of the card how it was written."""
    first = votes.options(votes.vote_facts(fixed.id).id)[0]
    for text in (first.title, first.summary):
        other = Translate(text=text, source="en", language="es", wording="Otras palabras")
        translating.read_over(
            translating.translate(fixed.neighborhood_id, other, by=make.actor(Role.CLERK)), by=make.actor(Role.CLERK)
        )
    browser = Browser(app)
    browser.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "es"
    shown = browser.open(f"/ballots/{fixed.id}")
    assert "Otras palabras" not in shown.text and asked.TEXTO in shown.text
    assert first.title in [each[: len(first.title)] for each in map(text_of, shown.all("span", lang="en"))]


def test_the_ballot_tells_money_once_from_money_each_year_and_names_who_takes_it_on(app, fixed, browser):
    body = db.session.scalar(sa.select(TaskForce.name))
    for page in (f"/ballots/{fixed.id}", f"/ballots/{fixed.id}/booklet", f"/cycles/{fixed.id}/rule-card"):
        text = browser.open(page).text
        assert "Once: $12,000" in text and "Each year after: $500" in text and body in text, page


def test_a_funded_project_goes_to_the_task_force_that_the_ballot_named(app, fixed):
    project = funded(fixed)[0]
    other = make.task_force(where=fixed.neighborhood)
    named = db.session.scalar(sa.select(TaskForce).where(TaskForce.id != other.id))
    with pytest.raises(DomainError, match="another task force"):
        command = HandOver(task_force_id=other.id, lead="City", manager="Desk")
        projects.hand_over(project.id, command, by=make.actor(Role.CLERK))
    command = HandOver(task_force_id=named.id, lead="City", manager="Desk")
    projects.hand_over(project.id, command, by=make.actor(Role.CLERK))
    assert db.session.get_one(Project, project.id).task_force_id == named.id

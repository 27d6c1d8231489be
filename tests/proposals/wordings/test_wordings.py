"""A reader sees what a proposal says in their language where two people have said it, and how it was written."""

import pytest

from app.core.access import Role
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding, NotFound
from app.proposals import queries as proposals
from app.proposals.ballot_texts.models import BallotText, BallotTranslation
from app.proposals.rules import Stage
from app.proposals.wordings import queries, services
from app.proposals.wordings.rules import Field
from app.proposals.wordings.services import SayField
from app.translating import services as translating
from app.translating.queries import TranslationRow
from app.translating.rules import text_hash
from tests import make
from tests.browser import Browser
from tests.proposals.revisions.test_revisions import edited, sent

TITULO = "Seis faroles en Mill Lane"


def say(proposal, wording=TITULO, *, name="title", by=None, mark=None):
    command = SayField(
        field=Field(name), mark=mark or text_hash(getattr(proposal, name)), language="es", wording=wording
    )
    return services.say(proposal.id, command, by=by or make.actor(Role.CLERK))


def said(proposal, wording=TITULO, **more):
    """A text of a proposal in Spanish, by a clerk, and read over by another one, who is returned."""
    made, reader = say(proposal, wording, **more), make.actor(Role.CLERK)
    translating.read_over(made, by=reader)
    return reader


def page(app, path, language="es"):
    browser = Browser(app)
    browser.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
    return browser.open(path)


def in_spanish(proposal):
    return queries.one_in_language(proposals.detail(proposal.id, None), "es")


def test_a_proposal_stands_in_the_readers_language_with_who_read_it_over_and_how_it_was_written(app):
    proposal = make.proposal(title="Six lamps")
    reader, path = said(proposal), f"/proposals/{proposal.id}"
    shown = page(app, path)
    assert shown.one("h1") == TITULO and reader.name in shown.text
    assert [each.get("lang") for each in shown.all("div", dir="auto")] == ["en", "en"]
    original = page(app, path + "?words=written")
    assert original.one("h1") == "Six lamps" and TITULO not in original.text
    assert page(app, path, "en").one("h1") == "Six lamps"


def test_what_nobody_has_read_over_is_shown_to_nobody(app):
    proposal = make.proposal()
    say(proposal)
    assert TITULO not in page(app, f"/proposals/{proposal.id}").text


def test_without_asking_who_has_read_it_over_it_would_be_shown(app, monkeypatch):
    """The twin: what keeps it back is that question, and nothing else does."""
    proposal = make.proposal()
    say(proposal)
    monkeypatch.setattr(TranslationRow, "is_public", True)
    assert in_spanish(proposal).title == TITULO


def test_a_list_in_another_language_costs_one_statement_more_however_long_it_is(app, statements):
    first, *_others = [make.proposal() for _ in range(5)]
    said(first)
    cards = proposals.cards().items
    statements.clear()
    told = queries.in_language(cards, "es")
    assert len(statements) == 1 and [each.title for each in told if each.id == first.id] == [TITULO]
    statements.clear()
    assert queries.in_language(cards, "en") == cards and not statements


def test_a_changed_text_stands_as_it_was_written_and_says_that_its_translation_is_out_of_date(app):
    proposal, author = sent()
    said(proposal)
    edited(proposal, author, title="Seven lamps on Mill Lane")
    told = in_spanish(proposal)
    assert told.title == "Seven lamps on Mill Lane" and told.said.outdated == ("title",)
    title, *others = queries.entries(proposals.detail(proposal.id, None), "es")
    assert title.is_outdated and not any(each.is_outdated for each in others)


def test_what_stood_on_a_ballot_keeps_the_title_that_the_ballot_has(app):
    proposal = make.proposal(stage=Stage.ON_BALLOT)
    said(proposal)
    at = {"written_by_id": proposal.author_id, "written_at": proposal.created_at, "word_count": 1}
    with transaction():
        text = BallotText(
            proposal_id=proposal.id, number=1, author_id=proposal.author_id, language="en", text="x", hash="x", **at
        )
        db.session.add(text)
        db.session.flush()
        db.session.add(BallotTranslation(text_id=text.id, language="es", title="Faroles", text="x", **at))
    assert in_spanish(proposal).title == "Faroles"
    assert Field.TITLE not in [each.field for each in queries.entries(proposals.detail(proposal.id, None), "es")]


def test_words_that_are_kept_back_or_were_changed_meanwhile_are_not_translated(app, monkeypatch):
    """With the twins: it is these questions that refuse them."""
    proposal, _author = sent(need="Ask Rosa Vidal, who fell there twice last winter in the dark.")
    with pytest.raises(DomainError, match="about somebody"):
        say(proposal, "Seis faroles para Rosa Vidal")
    with pytest.raises(DomainError, match="changed while you were translating"):
        say(proposal, mark=text_hash("Six lamps"))
    with pytest.raises(NoStanding):
        say(proposal, by=make.actor(Role.OBSERVER))
    monkeypatch.setattr(services.names, "masked", lambda text, _masks: text)
    monkeypatch.setattr(translating.queries, "may_translate", lambda *_given: True)
    assert say(proposal, "Seis faroles para Rosa Vidal", by=make.actor(Role.OBSERVER))


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.WITHDRAWN])
def test_drafts_and_what_was_taken_back_are_not_translated(app, stage):
    with pytest.raises(NotFound):
        say(make.proposal(stage=stage))


def test_a_translator_finds_it_in_the_list_says_it_and_somebody_else_reads_it_over(app):
    proposal = make.proposal(title="Six lamps")
    first, second = (Browser(app).sign_in(make.person(roles=(Role.CLERK,))) for _each in range(2))
    start = f"/translating/proposals/es/cycles/{proposal.cycle_id}"
    texts = first.open(start).follow("Translate: Six lamps")
    texts = texts.follow("Translate: Title").press("Save the translation", wording=TITULO)
    assert "once somebody else has read it over" in texts.text
    other = second.open(start).follow("Translate: Six lamps").follow("Look at it: Title")
    assert "Readers see it" in other.press("I have read both: it says the same").text
    assert in_spanish(proposal).title == TITULO
    assert Browser(app).sign_in(make.person()).open(start).status == 403

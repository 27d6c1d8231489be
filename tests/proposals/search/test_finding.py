"""What is found by what was typed: one table of cases, the same answers from both databases."""

import pytest
import sqlalchemy as sa

from app.core.db import db, transaction
from app.proposals import queries
from app.proposals.models import Proposal
from app.proposals.rules import LEFT, Sort, Stage
from app.proposals.search import queries as index
from app.proposals.search.models import ProposalWords
from app.proposals.search.services import keep_words_of
from tests import make

TEXTS = {
    7: ("Owl Lane", "Six lamps for the Café at the bus stop."),
    8: ("Elm Street", "A streetlight, as on Owl Lane; 1e5abc 3rd."),
    9: ("رفع الإضاءة", "ضوء في الشارع"),
    10: ("Новые фонари", "Ёлка у школы"),
    11: ("新公园", "给孩子们"),
}


@pytest.fixture
def cycle(app):
    row = make.cycle()
    for number, (title, summary) in TEXTS.items():
        make.proposal(within=row, number=number, title=title, summary=summary, need="For all.", place="Here")
    return row


def numbers(typed, **more):
    codes = [card.code for card in queries.cards(search=typed, sort=Sort.BEST, **more).items]
    return [int(code[-3:]) for code in codes]


CASES = {
    "owl": [7, 8],
    "OWL lane": [7, 8],
    "lane owl cafe": [7],
    "lamp": [7],
    "lampses": [],
    '"lane owl"': [],
    '"owl lane"': [7, 8],
    "bus-stop": [7],
    "str": [8],
    "2026-P009": [9],
    "2026-p9": [9],
    "1e5abc": [8],
    "3rd": [8],
    "الإضاءة": [9],
    "фонарь": [],
    "ФОНАРИ": [10],
    "елка": [10],
    "公园": [11],
    "园公": [],
}


def test_proposals_are_found_by_their_words(cycle):
    assert {typed: numbers(typed) for typed in CASES} == CASES


HOSTILE = [
    '"', '""', "*", "NEAR", 'NEAR("owl" "lane", 2)', "AND", "OR NOT", "title:owl", "{title text}:owl", "^owl", "-owl",
    "owl*", "(", ")))((", "'; DROP TABLE proposal_words; --", "owl' | 'lane", "!owl & <->", "a:*b", "\\", "%", "_",
    ":", "💡", "🇲🇽🏳️‍🌈", "\u202eowl", "\0", "\ud800", "½", "ﷺ" * 200, "\u0301" * 300, "x" * 5000, "𞤀𞤁", "₹", "٣",
    "ก็", "क्या",
]  # fmt: skip


def test_whatever_is_typed_is_only_words(cycle):
    for typed in HOSTILE:
        numbers(typed)
        queries.close_to(typed, cycle.id)
    assert queries.cards(cycle_id=cycle.id).total == len(TEXTS)


def test_whatever_a_proposal_says_it_can_be_kept(cycle):
    """As one text, because a proposal takes longer to make than to find; PostgreSQL keeps no NUL and no half sign."""
    said = " ".join(HOSTILE).replace("\0", "").replace("\ud800", "")
    make.proposal(within=cycle, number=12, title="Odd", summary=said)
    assert numbers("odd drop table proposal_words 𞤀𞤁") == [12]


def test_signs_alone_find_nothing_and_nothing_finds_all(cycle):
    assert numbers("💡 !") == [] and len(numbers("  ")) == len(TEXTS)


def test_a_proposal_is_found_by_what_it_says_now(cycle):
    proposal = make.proposal(within=cycle, title="A heron pond")
    assert len(numbers("heron")) == 1
    db.session.execute(sa.update(ProposalWords).where(ProposalWords.title == "a heron pond").values(title="a duck"))
    assert (numbers("heron"), len(numbers("duck"))) == ([], 1)
    db.session.execute(sa.delete(ProposalWords).where(ProposalWords.proposal_id == proposal.id))
    assert numbers("duck") == []
    db.session.commit()
    assert keep_words_of() == len(TEXTS) + 1
    assert len(numbers("heron")) == 1


def drafts_found(cycle):
    make.proposal(within=cycle, stage=Stage.DRAFT, title="Owl secret", summary="Owl secret")
    typed = [numbers("secret"), queries.close_to("Owl secret", cycle.id), numbers("secret", stage=Stage.DRAFT)]
    kept = db.session.scalar(sa.select(sa.func.count()).where(ProposalWords.title == "owl secret"))
    return kept or any(card.title == "Owl secret" for card in typed[1]) or typed[0] or typed[2]


def test_a_draft_is_in_no_index_and_no_answer(cycle):
    assert not drafts_found(cycle)


def test_the_check_notices_a_draft_that_is_kept(cycle, monkeypatch):
    monkeypatch.setattr("tests.make.cycles.keep_words_of", keep_drafts_too)
    assert drafts_found(cycle)


def keep_drafts_too(ids):
    db.session.execute(
        sa.insert(ProposalWords), [{"proposal_id": each, "title": "owl secret", "text": ""} for each in ids]
    )


def test_a_kept_draft_would_still_be_in_no_answer(cycle, monkeypatch):
    monkeypatch.setattr("tests.make.cycles.keep_words_of", keep_drafts_too)
    make.proposal(within=cycle, stage=Stage.DRAFT, title="Owl secret")
    assert numbers("secret") == [] and all(card.code for card in queries.close_to("Owl secret", cycle.id))


@pytest.mark.parametrize("trigrams", [True, False])
def test_misspelled_titles_come_close_with_trigrams_and_without(cycle, trigrams, monkeypatch):
    plain = index.Fts5() if db.engine.dialect.name == "sqlite" else index.Tsvector(trigrams=trigrams)
    monkeypatch.setattr(index, "index", lambda: plain)
    assert [card.code for card in queries.close_to("Owl Lnae", cycle.id)] == ["2026-P007"]
    assert [card.code for card in queries.close_to("Ellm Street", cycle.id)] == ["2026-P008"]
    assert queries.close_to("zebra", cycle.id) == []


@pytest.mark.parametrize("stage", sorted(LEFT))
def test_what_was_withdrawn_or_joined_is_not_offered(cycle, stage):
    assert [card.code for card in queries.close_to("Ellm Street", cycle.id)] == ["2026-P008"]
    with transaction():
        elm = db.session.scalars(sa.select(Proposal).where(Proposal.number == 8)).one()
        owl = db.session.scalars(sa.select(Proposal.id).where(Proposal.number == 7)).one()
        elm.stage, elm.merged_into_id = stage, owl if stage is Stage.MERGED else None
    assert queries.close_to("Ellm Street", cycle.id) == []

"""When a discussion is open, when words are fixed, and what becomes a link."""

from datetime import UTC, datetime, timedelta

import pytest

from app.cycles.rules import Stage as CycleStage
from app.proposals.discussion.rules import EDIT_WINDOW, WhyFixed, WhyNoAnswer, pieces, why_fixed, why_no_answer
from app.proposals.rules import OPEN_CYCLES, Stage, WhyShut, why_shut

WRITTEN = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
OPEN = {"written_at": WRITTEN, "now": WRITTEN, "is_shut": False, "is_hidden": False, "is_reported": False}


@pytest.mark.parametrize("stage", list(CycleStage))
def test_a_discussion_is_open_until_the_ballot_is_fixed(stage):
    reason = why_shut(is_sent=True, stage=Stage.SUBMITTED, cycle_stage=stage)
    assert reason is (None if stage in OPEN_CYCLES else WhyShut.BALLOT_FIXED)


def test_drafts_and_withdrawn_proposals_are_not_talked_about():
    collecting = CycleStage.COLLECTING
    assert why_shut(is_sent=False, stage=Stage.DRAFT, cycle_stage=collecting) is WhyShut.DRAFT
    assert why_shut(is_sent=False, stage=Stage.WITHDRAWN, cycle_stage=collecting) is WhyShut.DRAFT
    assert why_shut(is_sent=True, stage=Stage.WITHDRAWN, cycle_stage=collecting) is WhyShut.WITHDRAWN


@pytest.mark.parametrize(
    ("more", "reason"),
    [({}, None), ({"now": WRITTEN + EDIT_WINDOW - SECOND}, None), ({"now": WRITTEN + EDIT_WINDOW}, WhyFixed.TIME_IS_UP),
     ({"is_shut": True}, WhyFixed.SHUT), ({"is_hidden": True}, WhyFixed.HIDDEN),
     ({"is_reported": True}, WhyFixed.REPORTED)],
)  # fmt: skip
def test_words_can_be_changed_for_a_quarter_of_an_hour(more, reason):
    assert why_fixed(**OPEN | more) is reason


def test_answers_have_no_answers():
    assert why_no_answer(is_answer=False, is_hidden=False) is None
    assert why_no_answer(is_answer=True, is_hidden=False) is WhyNoAnswer.IS_ANSWER
    assert why_no_answer(is_answer=False, is_hidden=True) is WhyNoAnswer.HIDDEN


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://example.org/lamps?a=1&b=2.", ["https://example.org/lamps?a=1&b=2"]),
        ("(https://example.org/a_(b)), and HTTP://example.org!", ["https://example.org/a_(b)", "HTTP://example.org"]),
        ("javascript:alert(1) data:text/html,x ftp://example.org www.example.org https://", []),
        ('<a href="https://example.org/">x</a>', ["https://example.org/"]),
        ("https://example.org/\u202egpj.exe", ["https://example.org/"]),
        ("", []),
    ],
)
def test_only_addresses_of_the_web_become_links(text, links):
    found = pieces(text)
    assert [piece.text for piece in found if piece.is_link] == links
    assert "".join(piece.text for piece in found) == text

"""The pages of the log: a receipt taken home, its code looked up by anybody, and nothing told about other codes."""

import json
import re

import pytest
import sqlalchemy as sa

from app.core.db import db, transaction
from app.voting.log import queries
from app.voting.models import RollEntry
from app.voting.rules import Channel
from app.voting.tree import merkle, receipts
from tests import make
from tests.browser import Browser
from tests.voting.ballots import box
from tests.voting.log.minutes import pass_ten
from tests.voting.together import table

NOBODYS = ("7M3K-9Q2T-XB4D-0HFW", "0000-0000-0000-0000", "ZZZZ-ZZZZ-ZZZZ-ZZZZ")


@pytest.fixture
def voted(app):
    """A vote with five ballots in its log, the voter of the first, and their receipt."""
    vote, roll = make.open_vote(voters=5)
    receipt = [make.cast(vote, voter, [1]) for voter in roll][0]
    pass_ten(vote.id)
    return vote, roll[0], receipt


def normal(body, code):
    """A page without what names its own code."""
    return re.sub(r'name="csrf_token" value="[^"]+"', "", body.replace(code, "CODE"))


def test_a_code_is_proved_without_signing_in(voted, browser):
    vote, _voter, receipt = voted
    page = browser.open("/log/").press("Look it up", code=receipt.code.lower())
    assert "This sealed ballot is in the public log." in page.text
    assert queries.last_head(vote.id).root.hex() in page.text


def test_the_downloaded_proof_holds_by_itself(voted, app):
    _vote, _voter, receipt = voted
    proof = json.loads(app.test_client().get(f"/log/{receipt.code}/proof.json").data)
    path = [bytes.fromhex(step) for step in proof["path"]]
    place = {"index": proof["position"], "size": proof["head"]["size"], "root": bytes.fromhex(proof["head"]["root"])}
    assert merkle.is_included(receipt.leaf, path=path, **place)


def test_a_stored_ballot_that_waits_says_so(app, browser):
    vote, [voter] = make.open_vote()
    receipt = make.cast(vote, voter, [1])
    assert "It will be in the public log within ten minutes." in browser.open(f"/log/{receipt.code}").text


def test_the_page_of_any_unknown_code_is_the_same(voted, app):
    client = app.test_client()
    answers = [client.get(f"/log/{code}") for code in NOBODYS]
    assert {answer.status_code for answer in answers} == {200}
    assert len({normal(answer.text, code) for answer, code in zip(answers, NOBODYS, strict=True)}) == 1
    assert "No log has this code." in answers[0].text


def test_known_waiting_and_unknown_codes_cost_the_same_statements(voted, app, statements):
    vote, voter, receipt = voted
    waiting, client, seen = make.cast(vote, voter, [2]), app.test_client(), {}
    for code in (receipt.code, waiting.code, *NOBODYS, "not a code"):
        statements.clear()
        client.get(f"/log/{code}")
        seen[code] = [re.sub(r"\s+", " ", each) for each in statements]
    assert len({tuple(each) for each in seen.values()}) == 1


def test_a_lookup_that_stops_early_would_be_noticed(voted, app, statements, monkeypatch):
    """The twin: without the decoy an unknown code costs less."""
    monkeypatch.setattr("app.voting.log.proofs.queries._proof", lambda vote_id, logged: (None, None))
    _vote, _voter, receipt = voted
    statements.clear()
    app.test_client().get(f"/log/{NOBODYS[0]}")
    fewer = len(statements)
    monkeypatch.undo()
    statements.clear()
    app.test_client().get(f"/log/{receipt.code}")
    assert fewer < len(statements)


def test_an_unknown_code_has_no_proof_to_download(voted, app):
    assert app.test_client().get(f"/log/{NOBODYS[0]}/proof.json").status_code == 404


def test_what_is_no_code_is_said_at_the_field(app, browser):
    page = browser.open("/log/").press("Look it up", code="hello")
    assert "A receipt code has 16 letters and digits" in page.text


def test_strange_codes_are_unknown_codes(voted, app):
    for code in ("%00", "..%2f..", "<script>", "é" * 300, "'; DROP TABLE log_leaf; --", "1" * 5000):
        answer = app.test_client().get(f"/log/{code}")
        assert answer.status_code in (200, 404) and "<script>" not in answer.text, code


def test_the_thanks_page_hands_over_the_receipt(voted, browser, app):
    vote, voter, receipt = voted
    page = browser.sign_in(make.account(voter)).open(f"/ballots/{vote.cycle_id}/thanks")
    assert "-".join(receipt.code[at : at + 4] for at in (0, 4, 8, 12)) in page.text
    assert "<svg" in page.html and "What it does not prove:" in page.text
    assert receipt.nonce.hex() in page.follow("A page to print").text


def test_the_receipt_file_is_the_signed_receipt(voted, browser, app):
    vote, voter, receipt = voted
    browser.sign_in(make.account(voter))
    answer = browser.client.get(f"/ballots/{vote.cycle_id}/receipt.json")
    assert receipts.from_text(answer.text) == receipt


def test_a_receipt_is_for_its_voter_only(voted, browser, app):
    vote, _voter, receipt = voted
    address = f"/ballots/{vote.cycle_id}/receipt.json"
    assert Browser(app).open(address).status == 404
    other = browser.sign_in(make.person(resident_of=vote.cycle.neighborhood))
    assert other.open(address).status == 404


def test_whose_paper_ballot_counts_has_no_receipt_of_the_replaced_envelope(voted):
    vote, voter, _receipt = voted
    mine = RollEntry.person_id == voter.id
    assert queries.receipt(vote.id, mine)
    with transaction():
        db.session.execute(sa.update(RollEntry).where(mine).values(channel=Channel.PAPER_RETURNED))
    assert queries.receipt(vote.id, mine) is None
    assert [each.channel for each in queries.counted(voter.id)] == [Channel.PAPER_RETURNED]


def test_a_voter_sees_which_envelope_counts(voted, browser):
    vote, voter, first = voted
    second = make.cast(vote, voter, [3])
    page = browser.sign_in(make.account(voter)).open("/log/")
    assert second.code[:4] + "-" in page.text and first.code[:4] + "-" not in page.text


def test_the_log_lists_its_lines_and_notes(voted, browser):
    vote, _voter, receipt = voted
    box.close(vote.cycle_id)
    text = browser.open(f"/log/{vote.cycle_id}/leaves").text
    assert receipt.leaf.hex() in text and "closed 5" in text


def test_an_imported_or_unknown_vote_has_no_log(app):
    client = app.test_client()
    for page in ("leaves", "head.json", "consistency.json?from=1", "leaves.json"):
        assert client.get(f"/log/999/{page}").status_code == 404


def test_two_members_of_the_board_name_a_witness(app, voted):
    vote, _voter, _receipt = voted
    at = table(app, vote.cycle_id)
    page = at.first.open(f"/log/{vote.cycle_id}/witnesses")
    assert "64 characters" in page.press("Ask the board", name="Library", public_key="12").text
    asked = page.press("Ask the board", name="Library", public_key="AB " * 32)
    assert queries.witnesses(vote.id) == []
    page = at.second.open(asked.path)
    assert "Library" in page.text and " ".join(["abab"] * 16) in page.text
    page.press("I agree: Name a witness of the log")
    log = Browser(app).open(f"/log/{vote.cycle_id}/leaves").text
    names = [make.account(who).public_name for who in make.board_of(vote.cycle_id)[:2]]
    assert "ab" * 32 in log and all(name in log for name in names)

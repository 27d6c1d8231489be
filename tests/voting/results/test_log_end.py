"""The bundle of a result carries the end of the public log, so that whoever kept a head can hold the count to it."""

import json
from dataclasses import replace

import pytest

from app.core.errors import NotFound
from app.voting import queries as votes
from app.voting.log import queries as log
from app.voting.results import exports, queries
from tests import make
from tests.voting.results import board
from tests.voting.results.test_bundle import fetched, recounted


def certified_after_a_second_cast():
    """Ten people voted, one of them twice."""
    vote, roll = make.open_vote(voters=10, options=5, pot_cents=60_000_00)
    for voter, ranking in zip((*roll, roll[0]), (*board.RANKINGS, (4, 1)), strict=True):
        make.cast(vote, voter, ranking)
    make.close(vote.cycle_id)
    board.open_envelopes(vote.cycle_id)
    board.count(vote.cycle_id)
    board.certify(vote.cycle_id)
    return votes.vote_facts(vote.cycle_id)


def test_the_recount_holds_the_count_to_the_log_and_to_what_was_opened(browser, tmp_path):
    vote = certified_after_a_second_cast()
    head = log.closing_head(vote.id)
    anchors = {"log_root": head.root.hex(), "count_root": vote.count_root}
    found = recounted(tmp_path, fetched(browser, vote.cycle.id), **anchors)
    assert (found["verdict"], found["came"], found["envelopes"]) == ("equal", 11, 10)
    assert (found["log_size"], found["log_public_key"]) == (head.size, vote.log_public_key.hex())
    page = browser.open(f"/results/{vote.cycle.id}").text
    assert all(anchor in page for anchor in anchors.values())


def test_a_log_that_ended_otherwise_is_refused(browser, tmp_path, monkeypatch):
    """The twin: a site that says afterwards that one ballot less had come."""
    vote, honest = certified_after_a_second_cast(), exports.closing
    monkeypatch.setattr(exports, "closing", lambda vote_id: replace(honest(vote_id), note="closed 10"))
    found = recounted(tmp_path, fetched(browser, vote.cycle.id))
    assert found["verdict"] == "refused" and "is not under the head" in found["reason"]


@pytest.mark.parametrize(("ballots", "on_paper"), [(10, 0), (11, None), (19, None), (20, 10)])
def test_a_few_who_voted_on_paper_are_not_told_apart(app, ballots, on_paper):
    vote = certified_after_a_second_cast()
    record = queries.certified(vote.cycle.id)
    with_paper = replace(record, facts=replace(record.facts, ballots=ballots))
    said = json.loads(exports.made("log.json", vote, with_paper))
    assert said["on_paper"] == on_paper and said["envelopes"] == (None if on_paper is None else 10)


def test_a_vote_whose_log_has_no_head_at_its_close_has_no_such_file(app, monkeypatch):
    vote = certified_after_a_second_cast()
    monkeypatch.setattr(exports, "closing", lambda _vote_id: None)
    with pytest.raises(NotFound):
        exports.made("log.json", vote, queries.certified(vote.cycle.id))

"""T36 across versions: all that the site hands out of every count of a vote, held against each other by a stranger."""

import pytest

from app.cycles.rules import PublicationLevel
from app.voting.results import exports
from app.voting.results.publication import rules
from tests.verifiers.bundles import files_of
from tests.voting.results import board

RANKINGS = [(1, 2)] * 13 + [(1, 3)] * 4 + [(2, 1)] * 11 + [(3, 2)] * 12 + [(4, 3)] * 2
BELOW = (PublicationLevel.CONSULTED, PublicationLevel.TOTALS)
below = pytest.mark.parametrize("level", BELOW)
on_sqlite = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


def recounted(level, rule="ranked-choice"):
    """A vote that was counted, counted again without its first option, and again without the second, and certified."""
    cycle_id = board.counted(RANKINGS, publication_level=level, count_rule=rule).vote.cycle_id
    for option in (1, 2):
        board.recount(cycle_id, options=(option,), reason="The ground has to be cleaned first.")
    board.certify(cycle_id)
    return cycle_id


def handed_out(browser, cycle_id, number):
    """Every file that anybody can take of a count, those in the bundle too, by name."""
    found = {}
    for name in exports.DATASETS:
        answer = browser.client.get(f"/results/{cycle_id}/files/{name}?count={number}")
        if answer.status_code == 200:
            found |= files_of(answer.data) if name == "bundle.zip" else {name: answer.data}
    return found


def given_away(browser, cycle_id):
    """What a stranger finds in the files of the last count, and by holding them against those of the counts before."""
    *before, last = (handed_out(browser, cycle_id, number) for number in (1, 2, 3))
    return rules.problems(last, [files for files in before if files])


@on_sqlite
@below
def test_the_files_of_all_counts_together_give_no_small_group_away(browser, level, figure):
    cycle_id = recounted(level)
    found = given_away(browser, cycle_id)
    replaced = [name for number in (1, 2) for name in handed_out(browser, cycle_id, number)]
    figure("T36", f"what is handed out after two recounts, {level}", size="3 counts", figure=f"{len(found)} groups")
    assert (found, replaced) == ([], [])


@on_sqlite
@below
def test_files_of_replaced_counts_would_be_noticed(browser, level, figure, monkeypatch):
    """The twin: the counts before stay on offer beside the last one."""
    cycle_id = recounted(level)
    monkeypatch.setattr(exports, "is_replaced", lambda *_which: False)
    found = given_away(browser, cycle_id)
    figure("T36", f"what is handed out after two recounts, {level}", twin=f"{len(found)} groups")
    assert any("than in earlier count" in what for what in found)


@on_sqlite
@below
def test_a_file_says_the_same_alone_and_in_the_bundle_and_does_not_change(browser, level):
    cycle_id = recounted(level)
    once, again = (handed_out(browser, cycle_id, 3) for _ in range(2))
    alone = {name: browser.client.get(f"/results/{cycle_id}/files/{name}").data for name in exports.DATASETS}
    assert once == again
    assert {name: alone[name] for name in once if name in alone} == {n: once[n] for n in once if n in alone}

"""The bundle of a certified result, taken from its page, is counted again by a stranger's program with the same end."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest

from app.core.files import load
from app.cycles.rules import PublicationLevel
from app.voting.counting.count import count
from app.voting.counting.formats import pabulib
from app.voting.counting.records import OFFERED
from app.voting.results import queries, services
from tests.house import ROOT
from tests.verifiers.bundles import files_of
from tests.voting.results import board
from verifiers import recount


def fetched(browser, cycle_id, name="bundle.zip"):
    answer = browser.client.get(f"/results/{cycle_id}/files/{name}")
    assert answer.status_code == 200
    return answer.data


def recounted(tmp_path, content, **anchors):
    path = tmp_path / "bundle.zip"
    path.write_bytes(content)
    return recount.recount(path, anchors)


def hashes_of(result):
    return {
        "closed_set_sha256": result.closed_set_hash,
        "rule_card_sha256": result.vote.rule_card_hash,
        "outcome_sha256": result.outcome_hash,
    }


@pytest.mark.parametrize("rule", OFFERED)
def test_a_certified_result_is_equal_in_a_recount_held_to_its_printed_hashes(browser, tmp_path, rule):
    result = board.certified(count_rule=rule.value)
    found = recounted(tmp_path, fetched(browser, result.vote.cycle_id), **hashes_of(result))
    assert found["verdict"] == "equal", found
    funded = services.read_outcome(result.outcome).funded
    assert [row["option"] for row in found["funded"]] == list(funded) and funded


def test_a_vote_nobody_took_part_in_is_recounted_to_nothing(browser, tmp_path):
    found = recounted(tmp_path, fetched(browser, board.certified([]).vote.cycle_id))
    assert (found["verdict"], found["funded"], found["ballots"]) == ("equal", [], 0)


def test_a_result_without_a_withdrawn_option_is_recounted_without_it(browser, tmp_path):
    cycle_id = board.counted().vote.cycle_id
    board.recount(cycle_id, options=(1,), reason="Its price was wrong.")
    board.certify(cycle_id)
    found = recounted(tmp_path, fetched(browser, cycle_id))
    assert (found["verdict"], found["result"], found["withdrawn"]) == ("equal", 2, [1])


@pytest.mark.parametrize("rule", OFFERED)
def test_the_pb_of_a_recount_counted_elsewhere_funds_what_the_recount_funds(browser, rule):
    cycle_id = board.counted(count_rule=rule.value).vote.cycle_id
    board.recount(cycle_id, options=(1,), reason="Its price was wrong.")
    facts = services.read_outcome(board.certify(cycle_id).outcome)
    vote = pabulib.read(fetched(browser, cycle_id, "ballots.pb")).vote
    codes = {ending.number: ending.code for ending in facts.endings}
    numbers = {option.id: option.number for option in vote.options}
    assert len(vote.options) == len(codes) - 1 and len(vote.ballots) == facts.ballots
    lot = tuple(numbers[codes[option]] for option in facts.lot_order if option != 1)
    outcome = count(replace(vote, lot_order=lot), rule)
    assert [funded.id for funded in outcome.funded] == [codes[option] for option in facts.funded]
    assert outcome.left_cents == facts.left_cents


def test_the_bundle_has_the_same_bytes_for_everybody_and_always(browser):
    cycle_id = board.certified().vote.cycle_id
    address = f"/results/{cycle_id}/files/bundle.zip"
    languages = [browser.client.get(address, headers={"Accept-Language": language}) for language in ("en", "es", "es")]
    assert len({answer.data for answer in languages}) == 1


def test_the_bundle_holds_the_files_of_the_page_and_their_hashes(browser):
    result = board.certified()
    cycle_id = result.vote.cycle_id
    files = files_of(fetched(browser, cycle_id))
    assert sorted(files) == sorted({recount.MANIFEST, *recount.FILES} - {recount.PATHS})
    for name in ("closed-ballot-set.bin", "lot.json", "log.json", "outcome.json", "recount.py"):
        assert files[name] == fetched(browser, cycle_id, name)
    assert files["rule-card.json"] == browser.client.get(f"/cycles/{cycle_id}/rule-card.json").data
    assert files["recount.py"] == (ROOT / "verifiers" / "recount.py").read_bytes()
    manifest = json.loads(files["manifest.json"])
    assert manifest["files"] == {n: sha256(files[n]).hexdigest() for n in files if n != "manifest.json"}
    assert {name: manifest[name] for name in recount.HASHES} == hashes_of(result)


def test_the_readme_names_every_file_and_how_to_begin(browser):
    files = files_of(fetched(browser, board.certified().vote.cycle_id))
    readme = files["README.txt"].decode("ascii")
    assert all(name in readme for name in files if name != "README.txt")
    held = "--closed-set HASH --rule-card HASH --outcome HASH --log-root HASH --count-root HASH"
    assert f"python3 recount.py {held}" in readme




def test_the_bundle_of_a_count_that_was_replaced_does_not_pass_for_certified(browser, tmp_path):
    cycle_id = board.counted().vote.cycle_id
    board.recount(cycle_id, options=(1,), reason="Its price was wrong.")
    services.certify(cycle_id, by=board.clerk(cycle_id))
    certified = services.certify(cycle_id, by=board.observer(cycle_id))
    replaced = fetched(browser, cycle_id, "bundle.zip?count=1")
    assert "This bundle holds count 1 of the vote" in files_of(replaced)["README.txt"].decode("ascii")
    found = recounted(tmp_path, replaced)
    said = recount.in_words(found, {})
    assert said.endswith("EQUAL: this count gives the allocation in outcome.json.") and "ertified" not in said
    assert said.startswith(f"Count 1 of the vote {certified.vote.id.hex()}")
    assert recounted(tmp_path, replaced, **hashes_of(certified))["verdict"] == "refused"


def test_below_full_publication_the_bundle_comes_without_ballots_and_says_who_has_them(browser, tmp_path):
    result = board.certified(publication_level=PublicationLevel.TOTALS)
    content = fetched(browser, result.vote.cycle_id)
    assert "closed-ballot-set.bin" not in files_of(content)
    assert b"(no ballots)" in files_of(content)["README.txt"]
    assert load(result.closed_set_hash).split(b"\n", 1)[1] not in content
    printed = hashes_of(result) | {"outcome_sha256": queries.certified(result.vote.cycle_id).outcome_hash}
    assert recounted(tmp_path, content, **printed)["verdict"] == "totals-fit"


def test_the_page_offers_bundle_and_program_in_words(browser):
    cycle_id = board.certified().vote.cycle_id
    page = browser.open(f"/results/{cycle_id}")
    assert "All of it in one bundle, ready to be counted again" in page.text
    assert "A program that counts again: one file, readable, needs nothing but Python" in page.text
    assert fetched(browser, cycle_id, "recount.py").startswith(b"#!/usr/bin/env python3")

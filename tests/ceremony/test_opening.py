"""Key holders open a count set on one machine: what they see, what is refused, and what is written."""

import pytest

from app.voting.sealing import count_sets, keys, result_files
from app.voting.sealing.envelopes import SealedEnvelope
from app.voting.sealing.faults import Fault
from tests.ceremony.table import LOCKED, PASSPHRASE, brought, count_set, locked, opened, sealed, uploaded, with_keys

SET = count_set(sealed(1, 2), sealed(3), sealed())


def result_in(folder):
    (path,) = folder.glob("*.result")
    return result_files.from_bytes(path.read_bytes())


def test_two_of_three_keys_open_it_and_the_result_is_believed(browser, folder):
    page = opened(with_keys(brought(browser, SET), 1, 3))
    assert page.one("h1") == "The envelopes are open"
    result = result_in(folder)
    result_files.verify(result, SET.facts)
    assert result.rankings == ((), (1, 2), (3,)) and result.trustees == (1, 3)


def test_the_root_is_shown_in_groups_to_compare_with_the_public_one(browser):
    root = SET.facts.count_root.hex()
    assert "-".join(root[at : at + 4] for at in range(0, 64, 4)) in brought(browser, SET).text


def test_with_one_key_too_few_nothing_is_opened(browser, folder):
    page = with_keys(brought(browser, SET), 2)
    assert "1 key is still missing." in page.text and not page.all("form", action="/open/begin")
    token = page.all("input", name="csrf_token")[0].get("value")
    refused = browser.post("/open/begin", {"csrf_token": token})
    assert "Not enough keys are here yet." in refused.text and not list(folder.glob("*.result"))


def test_nothing_but_the_result_is_written(browser, folder):
    opened(with_keys(brought(browser, SET), 1, 2))
    assert [path.suffix for path in folder.iterdir()] == [".result"]


def test_keys_and_envelopes_are_forgotten_with_the_result(browser, ceremony):
    opened(with_keys(brought(browser, SET), 1, 2))
    room = ceremony[0].extensions["ceremony_rooms"].current
    assert room.keys == {} and room.count_set is None


@pytest.mark.parametrize(
    ("file", "passphrase", "sentence"),
    [
        (LOCKED[1], "another passphrase", "The passphrase does not open this key."),
        (locked(keys.make()), PASSPHRASE, "This key is none of this vote's keys."),
        (LOCKED[1][:200], PASSPHRASE, "This is not a key file of Lamplight"),
        ("hello", PASSPHRASE, "This is not a key file of Lamplight"),
    ],
    ids=["wrong passphrase", "wrong key", "cut key", "no key"],
)
def test_a_key_that_does_not_fit_is_refused_at_its_field(browser, file, passphrase, sentence):
    page = brought(browser, SET)
    refused = page.press("Put my key on the table", key_upload=uploaded(file), passphrase=passphrase)
    assert sentence in refused.text and "2 keys are still missing." in refused.text


def test_the_same_key_twice_does_not_count_as_two(browser):
    page = with_keys(brought(browser, SET), 1, 1)
    assert "This key is here already." in page.text and "1 key is still missing." in page.text


@pytest.mark.parametrize("at", [3, 25, 400, -1])
def test_a_changed_count_set_is_refused(browser, at):
    data = bytearray(count_sets.to_bytes(SET))
    data[at] ^= 1
    page = browser.open("/open/").press("Read the count set", set_upload=uploaded(bytes(data)))
    assert page.path == "/open/" and "Error:" in page.text


def test_the_count_set_of_a_drill_is_no_real_one(browser):
    assert "The file comes from a drill" in brought(browser, count_set(sealed(1), drill=True)).text


def test_what_cannot_be_read_is_listed_with_its_reason_and_its_key(browser, folder):
    good, hurt = sealed(1), sealed(2)
    at = 4 + 64 + 20  # in the second trustee's share
    cut = hurt.ciphertext[:at] + bytes([hurt.ciphertext[at] ^ 1]) + hurt.ciphertext[at + 1 :]
    broken = SealedEnvelope(ciphertext=cut, commitment=hurt.commitment)
    page = opened(with_keys(brought(browser, count_set(good, broken)), 1, 2))
    assert "A share does not open with the key given for it." in page.text
    (listed,) = result_in(folder).unreadable
    assert (listed.fault, listed.trustee) == (Fault.SHARE_UNREADABLE, 2)


def test_a_third_key_saves_the_ballot_and_the_bad_share_is_still_named(browser, folder):
    hurt = sealed(2)
    cut = hurt.ciphertext[:80] + bytes(9) + hurt.ciphertext[89:]
    broken = SealedEnvelope(ciphertext=cut, commitment=hurt.commitment)
    page = opened(with_keys(brought(browser, count_set(broken)), 1, 2, 3))
    assert "Bad shares whose ballots were read all the same" in page.text
    assert result_in(folder).rankings == ((2,),) and result_in(folder).bad_shares[0].trustee == 2


def test_a_full_disk_is_said_and_the_count_set_is_still_there(browser, folder):
    page = with_keys(brought(browser, SET), 1, 2)
    folder.touch()  # a file where the folder should be
    failed = opened(page)
    assert failed.one("h1") == "The envelopes could not be opened"
    assert "2 keys are still missing." in failed.follow("Try again").text


def test_stopping_forgets_the_keys(browser, ceremony):
    with_keys(brought(browser, SET), 1).press("Stop, and forget keys and count set")
    room = ceremony[0].extensions["ceremony_rooms"].current
    assert room.keys == {} and room.count_set is None

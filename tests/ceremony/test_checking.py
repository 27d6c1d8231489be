"""A key holder shows the clerk that a key works; with another key, passphrase or vote nothing is written."""

import pytest

from app.voting.sealing import key_checks
from tests.ceremony.table import HOLDERS, LOCKED, PASSPHRASE, VOTE, uploaded

ASKED = key_checks.challenge(HOLDERS[1].public(), VOTE)


def answered(browser, asked=ASKED, key=1, passphrase=PASSPHRASE):
    question = asked if isinstance(asked, bytes) else asked.to_bytes()
    page = browser.open("/check/")
    given = {"question_upload": uploaded(question), "key_upload": uploaded(LOCKED[key]), "passphrase": passphrase}
    return page.press("Answer the key check", **given)


def test_the_answer_is_what_the_clerk_waits_for(browser, folder):
    page = answered(browser)
    (file,) = folder.iterdir()
    assert page.one("h1") == "Hand the answer to the clerk"
    assert key_checks.is_answered(ASKED, key_checks.answer_from(file.read_bytes()), HOLDERS[1].public())


def test_the_answer_holds_nothing_of_the_key(browser, folder):
    answered(browser)
    (file,) = folder.iterdir()
    given = key_checks.answer_from(file.read_bytes())
    parts = (given.challenge_hash, given.word, given.signature)
    assert not any(secret in part for part in parts for secret in (HOLDERS[1].sealing, HOLDERS[1].signing))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"key": 2}, "The file was made for another key."),
        ({"passphrase": "not this one at all"}, "The passphrase does not open this key."),
        ({"asked": b"hello"}, "This is another kind of file than the one asked for."),
        ({"asked": ASKED.to_bytes()[:100]}, "The file was changed or damaged on its way."),
        ({"asked": key_checks.challenge(HOLDERS[1].public(), VOTE, drill=True)}, "The file comes from a drill"),
    ],
    ids=["wrong key", "wrong passphrase", "other file", "cut", "drill"],
)
def test_what_does_not_fit_is_said_at_its_field_and_nothing_is_written(browser, folder, given, sentence):
    page = answered(browser, **given)
    assert sentence in page.text and page.path == "/check/" and not folder.exists()


def test_without_a_file_the_form_says_so(browser):
    page = browser.open("/check/").press("Answer the key check", passphrase=PASSPHRASE)
    assert "Please choose a file." in page.text


def test_a_file_in_the_folder_can_be_chosen_without_looking_for_it(browser, folder):
    folder.mkdir()
    (folder / "mine.key.txt").write_text(LOCKED[1])
    (folder / "mine.check.txt").write_bytes(ASKED.to_bytes())
    page = browser.open("/check/").press("Answer the key check", passphrase=PASSPHRASE)
    assert page.one("h1") == "Hand the answer to the clerk"


def test_a_name_outside_the_folder_is_not_read(browser, folder):
    (folder.parent / "other.key.txt").write_text(LOCKED[1])
    page = browser.open("/check/")
    given = {"question_upload": uploaded(ASKED.to_bytes()), "key_stored": "../other.key.txt", "passphrase": PASSPHRASE}
    assert "Please choose a file." in page.press("Answer the key check", **given).text

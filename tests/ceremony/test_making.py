"""A key is made behind a good passphrase, shown, printed, lost and typed in again."""

import stat

import pytest

from app.voting.sealing import key_files, keys
from ceremony.strength import Weak, suggestion, weakness

PASSPHRASE = "mill lane lamp night"


def made(browser, passphrase=PASSPHRASE, again=None):
    page = browser.open("/").follow("Make my key")
    return page.press("Make my key", passphrase=passphrase, again=passphrase if again is None else again)


def files(folder):
    return sorted(path.name for path in folder.iterdir())


def lines_on(paper):
    return "\n".join("".join(line.itertext()) for line in paper.all("li", class_="ll-backup__line"))


def test_a_key_and_its_public_half_lie_in_the_folder(browser, folder):
    page = made(browser)
    key_name, public_name = files(folder)
    key = key_files.read((folder / key_name).read_text(), passphrase=PASSPHRASE)
    assert key_files.read_public((folder / public_name).read_text()) == key.public()
    assert keys.fingerprint(key.public()) in page.text


def test_only_its_holder_may_read_the_key_file(browser, folder):
    made(browser)
    (key_file,) = folder.glob("*.key.txt")
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600 and stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_two_different_passphrases_make_no_key(browser, folder):
    page = made(browser, again="another one entirely")
    assert "The two are not the same." in page.text and not folder.exists()


@pytest.mark.parametrize(
    ("passphrase", "weak"),
    [
        ("short", Weak.SHORT),
        ("aaaaaaaaaaaaaaaaaaaa", Weak.MONOTONOUS),
        ("1029384756 1029384756", Weak.DIGITS),
        ("Lamplight Password 1", Weak.FAMILIAR),
        (PASSPHRASE, None),
        ("Straßenlaterne über Mühle", None),
    ],
)
def test_what_could_be_guessed_is_refused(passphrase, weak):
    assert weakness(passphrase) is weak


def test_a_suggestion_is_strong_and_never_the_same():
    assert weakness(suggestion()) is None and suggestion() != suggestion()


def test_a_weak_passphrase_is_refused_at_its_field(browser, folder):
    assert "Too short: please use at least 14 characters" in made(browser, passphrase="short").text
    assert not folder.exists()


def test_the_passphrase_is_never_printed_back(browser):
    assert PASSPHRASE not in made(browser, again="another one entirely").html


def test_the_public_file_can_be_taken_away(browser, folder):
    page = made(browser)
    (public,) = folder.glob("*.public.txt")
    assert page.follow(f"Save {public.name}").html == public.read_text()


def test_a_lost_key_comes_back_from_what_is_printed(browser, folder):
    paper = made(browser).follow("Show the paper backup")
    (lost,) = folder.glob("*.key.txt")
    before = lost.read_text()
    lost.unlink()
    page = browser.open("/key/restore")
    page = page.press("Restore the key", lines=lines_on(paper).lower(), passphrase=PASSPHRASE)
    assert "The key is back." in page.text and lost.read_text() == before


def test_a_slip_in_typing_names_the_line_and_writes_nothing(browser, folder):
    lines = lines_on(made(browser).follow("Show the paper backup")).splitlines()
    (lost,) = folder.glob("*.key.txt")
    lost.unlink()
    lines[2] = lines[2][:-1] + ("X" if lines[2][-1] != "X" else "Y")
    page = browser.open("/key/restore").press("Restore the key", lines="\n".join(lines), passphrase=PASSPHRASE)
    assert "Line 3 was not typed as it is printed." in page.text and not lost.exists()


def test_a_wrong_passphrase_restores_nothing(browser, folder):
    paper = made(browser).follow("Show the paper backup")
    (lost,) = folder.glob("*.key.txt")
    lost.unlink()
    page = browser.open("/key/restore")
    page = page.press("Restore the key", lines=lines_on(paper), passphrase="not this one at all")
    assert "The passphrase does not open this key." in page.text and not lost.exists()


@pytest.mark.parametrize(
    "path", ["/key/NOPE", "/key/NOPE/paper", "/file/nope", "/file/..%2Fsecret", "/check/answered/x"]
)
def test_what_does_not_lie_in_the_folder_is_not_found(browser, folder, path):
    (folder.parent / "secret").write_text("secret")
    assert browser.open(path).status == 404


def test_an_open_key_file_is_not_printed(browser, folder):
    made(browser)
    (file,) = folder.glob("*.key.txt")
    key = key_files.read(file.read_text(), passphrase=PASSPHRASE)
    file.write_text(key_files.write(key))
    assert browser.open(f"/key/{file.name.removesuffix('.key.txt')}/paper").status == 404


def test_a_folder_that_cannot_be_written_is_said(browser, folder):
    folder.touch()
    page = made(browser)
    assert page.status == 500 and "The folder could not be written" in page.text

"""A drill is a vote with invented ballots in a folder that goes again, and none of it passes for real."""

from app.voting.sealing import count_sets, key_checks, result_files
from tests.ceremony.table import brought, count_set, opened, sealed

PASSPHRASE = "mill lane lamp night"


def begun(browser, keys=2):
    browser.open("/drill/").press("Begin the drill")
    for _ in range(keys):
        browser.open("/key/new").press("Make my key", passphrase=PASSPHRASE, again=PASSPHRASE)
    return browser.open("/drill/")


def folder_of(ceremony):
    return ceremony[0].extensions["ceremony_rooms"].current.folder


def test_a_drill_has_a_folder_of_its_own_which_is_deleted(browser, ceremony, folder):
    page = begun(browser, keys=1)
    drill = folder_of(ceremony)
    assert drill != folder and len(list(drill.iterdir())) == 2 and not folder.exists()
    page.press("End the drill and delete its folder")
    assert not drill.exists() and folder_of(ceremony) == folder


def test_every_page_of_a_drill_says_so(browser):
    page = begun(browser, keys=1)
    assert page.all("section", class_="ll-demo") and browser.open("/open/").all("section", class_="ll-demo")
    page.press("End the drill and delete its folder")
    assert not browser.open("/open/").all("section", class_="ll-demo")


def test_its_count_set_and_its_key_checks_say_drill_inside(browser, ceremony):
    page = begun(browser).press("As the clerk: export the count set", ballots="3")
    page.press("As the clerk: make a key check for each key")
    drill = folder_of(ceremony)
    made = count_sets.from_bytes((drill / "drill.count-set").read_bytes())
    checks = [key_checks.challenge_from(path.read_bytes()) for path in drill.glob("*.check.txt")]
    assert made.facts.drill and made.facts.number == 3 and [check.drill for check in checks] == [True, True]


def test_more_keys_to_open_than_there_are_is_refused(browser):
    page = begun(browser, keys=1).press("As the clerk: export the count set", threshold="2")
    assert "Make at least as many keys first." in page.text


def test_a_real_count_set_is_not_opened_in_a_drill(browser):
    begun(browser, keys=1)
    assert "The file belongs to a real vote" in brought(browser, count_set(sealed(1))).text


def test_a_drill_is_opened_with_its_keys_and_its_result_says_drill(browser, ceremony):
    begun(browser).press("As the clerk: export the count set", ballots="3")
    page = browser.open("/open/").press("Read the count set", set_stored="drill.count-set")
    for name in sorted(path.name for path in folder_of(ceremony).glob("*.key.txt")):
        page = page.press("Put my key on the table", key_stored=name, passphrase=PASSPHRASE)
    assert "This was a drill" in opened(page).text
    (result,) = folder_of(ceremony).glob("*.result")
    assert result_files.from_bytes(result.read_bytes()).drill

"""A whole drill as a volunteer does it: the real program, Chromium, two of three keys, nothing but a keyboard."""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from app.voting.sealing import count_sets, key_checks, key_files, result_files
from tests.e2e.hands import Keyboard
from tests.e2e.inspection import Inspector
from tests.house import ROOT

PASSPHRASES = ["mill lane lamp night", "seven quiet herons fly", "pepper under the bridge"]
SHOTS = os.environ.get("CEREMONY_SHOTS")
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def program(tmp_path):
    """The program on a free port, and the start address it prints."""
    command = [sys.executable, "-m", "ceremony", "--port", "0", "--folder", str(tmp_path / "trustee-keys")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        yield running, next(line.strip() for line in running.stdout if "http://" in line)
        running.kill()


@pytest.fixture
def holder(chromium, program):
    """Somebody at the keyboard; every address their browser asks for is noted."""
    context = chromium.new_context(viewport=DESK, locale="en-US")
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    yield Volunteer(page, Inspector(page), asked)
    context.close()


class Volunteer:
    """Goes through the drill and looks at each page on the way."""

    def __init__(self, page, inspector, asked):
        self.page, self.inspector, self.asked, self.seen, self.looked = page, inspector, asked, [], set()
        self.hands = Keyboard(page)

    def look(self, name):
        """Note what is wrong with this page, once; keep a picture for the documentation where somebody wants one."""
        if name in self.looked:
            return
        self.looked.add(name)
        if SHOTS:
            self.page.screenshot(path=f"{SHOTS}/ceremony-{name}.png", caret="initial", full_page=True)
        self.seen += [f"{name}: {each}" for each in self.inspector.complaints()]

    def go(self, words):
        self.hands.follow(words)

    def make_key(self, passphrase):
        self.go("Drill")
        self.go("Make a key")
        self.hands.fill("Passphrase", passphrase)
        self.hands.fill("The same passphrase again", passphrase)
        self.look("make")
        self.hands.press("Make my key")
        return self.page.url.partition("#")[0].rsplit("/", 1)[-1]

    def answer(self, stem, passphrase):
        self.go("Key check")
        self.hands.select("Key check from the clerk", f"{stem}.check.txt")
        self.hands.select("Your key file", f"{stem}.key.txt")
        self.hands.fill("Passphrase of this key", passphrase)
        self.look("check")
        self.hands.press("Answer the key check")

    def bring(self, stem, passphrase):
        self.hands.select("Your key file", f"{stem}.key.txt")
        self.hands.fill("Passphrase of this key", passphrase)
        self.look("keys")
        self.hands.press("Put my key on the table")

    @property
    def folder(self):
        return Path(self.page.locator(".ll-path").inner_text())


def made_keys(volunteer):
    volunteer.go("Practice with a drill")
    volunteer.hands.press("Begin the drill")
    stems = [volunteer.make_key(passphrase) for passphrase in PASSPHRASES]
    volunteer.look("key")
    volunteer.go("Show the paper backup")
    volunteer.look("paper")
    with pikepdf.open(BytesIO(volunteer.page.pdf(prefer_css_page_size=True))) as printed:
        assert len(printed.pages) == 1
    return stems


def checked_keys(volunteer, stems):
    volunteer.go("Drill")
    volunteer.hands.press("As the clerk: make a key check for each key")
    for stem, passphrase in zip(stems, PASSPHRASES, strict=True):
        volunteer.answer(stem, passphrase)
    volunteer.look("answered")
    for stem in stems:
        asked = key_checks.challenge_from((volunteer.folder / f"{stem}.check.txt").read_bytes())
        given = key_checks.answer_from((volunteer.folder / f"{stem}.answer.txt").read_bytes())
        public = key_files.read_public((volunteer.folder / f"{stem}.public.txt").read_text())
        key_checks.verify(asked, given, public)


def opened_envelopes(volunteer, stems):
    volunteer.go("Drill")
    volunteer.hands.press("As the clerk: export the count set")
    volunteer.look("drill")
    volunteer.go("Go to the opening")
    volunteer.look("load")
    volunteer.hands.press("Read the count set")
    for number in (2, 0):
        volunteer.bring(stems[number], PASSPHRASES[number])
    volunteer.look("ready")
    volunteer.hands.press("Open the envelopes")
    volunteer.page.wait_for_url("**/open/result")
    volunteer.look("result")


@pytest.mark.browser
@pytest.mark.slow
def test_a_volunteer_goes_through_the_whole_drill_with_two_of_three_keys(holder, program):
    running, start = program
    holder.hands.open(start)
    holder.look("start")
    stems = made_keys(holder)
    checked_keys(holder, stems)
    opened_envelopes(holder, stems)
    (result,) = (result_files.from_bytes(path.read_bytes()) for path in holder.folder.glob("*.result"))
    facts = count_sets.from_bytes((holder.folder / "drill.count-set").read_bytes()).facts
    result_files.verify(result, facts)
    assert len(result.rankings) == 40 and result.drill and len(result.trustees) == 2
    folder = holder.folder
    holder.hands.press("End the ceremony")
    assert holder.hands.heading == "The ceremony is over" and running.wait(10) == 0 and not folder.exists()
    assert {url.split("/")[2] for url in holder.asked if not url.startswith("data:")} == {start.split("/")[2]}
    assert holder.seen == [], "\n".join(holder.seen)

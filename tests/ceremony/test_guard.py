"""Nobody but the browser that opened the start address comes in, and the program reaches out to nobody."""

import socket
import subprocess
import sys

import pytest

from ceremony import guard
from ceremony.site import create_ceremony
from tests.browser import Browser
from tests.house import ROOT


def test_without_the_start_address_every_page_is_closed(ceremony):
    app, _start = ceremony
    pages = [rule.rule for rule in app.url_map.iter_rules() if rule.endpoint not in guard.OPEN_TO_ALL]
    stranger = Browser(app)
    assert {stranger.open(page.replace("<", "").replace(">", "")).status for page in pages} <= {403, 405}


def test_the_start_address_opens_once(ceremony):
    app, start = ceremony
    assert Browser(app).open(start).path == "/"
    late = Browser(app).open(start)
    assert late.status == 403 and "only once" in late.text


def test_who_is_inside_may_open_the_start_address_again(browser, ceremony):
    assert browser.open(ceremony[1]).path == "/"


@pytest.mark.parametrize("word", ["", "x", "ä", "A" * 32])
def test_a_guessed_word_opens_nothing(ceremony, word):
    assert Browser(ceremony[0]).open(f"/start/{word}").status in (403, 404)


@pytest.mark.parametrize("host", ["lamplight.example", "localhost:9", "127.0.0.1", "localhost.evil.example"])
def test_under_another_name_it_answers_nothing(ceremony, host):
    app, start = ceremony
    assert app.test_client().get(start, headers={"Host": host}).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_page_of_this_machine_cannot_use_it(browser, site):
    assert browser.client.get("/", headers={"Sec-Fetch-Site": site}).status_code == 403


def test_a_form_without_its_token_does_nothing(browser, folder):
    good = "mill lane lamp night"
    page = browser.post("/key/new", {"passphrase": good, "again": good})
    assert page.status == 400 and not folder.exists()


def test_every_answer_forbids_scripts_frames_and_foreign_things(browser):
    headers = browser.client.get("/").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"] and headers["Cache-Control"] == "no-store"


def test_the_session_stays_in_this_browser_and_away_from_scripts(ceremony):
    app, start = ceremony
    cookie = app.test_client().get(start).headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie


def test_ending_forgets_everything_and_stops_the_program(browser, ceremony):
    assert browser.open("/").press("End the ceremony").one("h1") == "The ceremony is over"
    assert ceremony[0].extensions["has_stopped"] and browser.open("/").status == 403


def test_two_ceremonies_have_two_words(folder):
    assert len({create_ceremony(folder, host="localhost")[1] for _ in range(5)}) == 5


REACH = """
import socket, urllib.request
{offline}
for reach in (
    lambda: socket.create_connection(("127.0.0.1", {port}), timeout=2),
    lambda: socket.getaddrinfo("name.invalid", 80),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", {port})),
    lambda: urllib.request.urlopen("http://127.0.0.1:{port}/", timeout=2),
):
    try:
        reach()
        print("reached")
    except Exception as error:
        print(type(error).__name__)
"""


def reached(offline, port):
    code = REACH.format(offline=offline, port=port)
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.split()


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as door:
        yield door.getsockname()[1]


def test_the_program_itself_refuses_to_reach_out(listener):
    offline = "from ceremony.offline import stay_offline; stay_offline()"
    assert reached(offline, listener) == ["NetworkUsed"] * 4


def test_twin_without_the_refusal_it_would_reach_out(listener):
    assert reached("", listener)[0] == "reached"

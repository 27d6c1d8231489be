"""Somebody who walks through the test's own app in Chromium: nothing but a keyboard, no scripts, on a phone."""

import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext
from werkzeug.serving import make_server

from app.core.access import Actor
from tests import make
from tests.browser import Browser
from tests.e2e.hands import Keyboard
from tests.e2e.inspection import Inspector

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The app behind a real socket."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


class Walker:
    """Goes from page to page, and looks at each."""

    def __init__(self, hands: Keyboard) -> None:
        self.hands, self.inspector = hands, Inspector(hands.page, scripts=False)

    def look(self) -> str:
        """The words of the page, once nothing is wrong with it at any width."""
        assert self.inspector.complaints() == [], self.hands.page.url
        self.hands.page.set_viewport_size(PHONE)
        return self.hands.text

    def open(self, path: str) -> str:
        self.hands.open(path)
        return self.look()

    def press(self, words: str) -> str:
        self.hands.press(words)
        return self.look()

    def follow(self, words: str) -> str:
        self.hands.follow(words)
        return self.look()


@pytest.fixture
def walker(app: Flask, address: str, chromium: Chromium) -> Iterator[Callable[[Actor], Walker]]:
    """Somebody at a keyboard, signed in: `walker(actor)`."""
    contexts: list[BrowserContext] = []

    def walks(who: Actor) -> Walker:
        cookie = Browser(app).sign_in(make.account(who)).client.get_cookie("lamplight")
        assert cookie is not None
        context = chromium.new_context(base_url=address, java_script_enabled=False, viewport=PHONE, locale="en-US")
        context.add_cookies([{"name": "lamplight", "value": cookie.value, "url": address}])
        contexts.append(context)
        return Walker(Keyboard(context.new_page(), scripts=False))

    yield walks
    for context in contexts:
        context.close()

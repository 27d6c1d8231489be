"""Somebody who walks through the test's own app in Chromium: no scripts, on a phone, mostly with nothing but keys."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext
from werkzeug.serving import make_server

from app.core.access import Actor
from app.core.clock import at, now, today
from app.core.jobs import run_waiting
from app.taskforces.clocks.services import leave_days
from tests import make
from tests.browser import Browser
from tests.e2e.hands import Keyboard, Mouse
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


class Calendar:
    """The day it is for the pages of the test's app: it moves on when a test says so, and then the clocks run."""

    def __init__(self, app: Flask) -> None:
        self.pages, self.passed = app.wsgi_app, timedelta(0)

    def __call__(self, *request: Any) -> Iterable[bytes]:
        """Answer a request as on that day."""
        with self.then():
            return self.pages(*request)

    def then(self) -> AbstractContextManager[None]:
        """That day, for the test itself."""
        return at(now() + self.passed)

    def pass_to(self, day: date) -> None:
        """Let the days until then go by; the worker runs the clocks of its morning."""
        self.passed = timedelta(days=(day - today()).days)
        with self.then():
            leave_days()
            run_waiting()


@pytest.fixture
def calendar(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Calendar:
    """Days pass: `calendar.pass_to(day)`."""
    days = Calendar(app)
    monkeypatch.setattr(app, "wsgi_app", days)
    return days


class Walker:
    """Goes from page to page, and looks at each."""

    def __init__(self, hands: Mouse) -> None:
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
def walker(app: Flask, address: str, chromium: Chromium) -> Iterator[Callable[..., Walker]]:
    """Somebody at a keyboard: `walker(actor)` is signed in, `walker(None)` is anybody; `hands=Mouse` is faster."""
    contexts: list[BrowserContext] = []

    def walks(who: Actor | None, hands: type[Mouse] = Keyboard) -> Walker:
        context = chromium.new_context(base_url=address, java_script_enabled=False, viewport=PHONE, locale="en-US")
        contexts.append(context)
        if who is not None:
            cookie = Browser(app).sign_in(make.account(who)).client.get_cookie("lamplight")
            assert cookie is not None
            context.add_cookies([{"name": "lamplight", "value": cookie.value, "url": address}])
        return Walker(hands(context.new_page(), scripts=False))

    yield walks
    for context in contexts:
        context.close()

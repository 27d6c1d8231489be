"""A real Lamplight with the demo in it, served by gunicorn with its worker, and Debian's Chromium to look at it."""

import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.seeded import ROOT, environment, flask

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@dataclass(frozen=True)
class Site:
    """A running Lamplight."""

    url: str
    data_dir: Path

    def flask(self, *command: str) -> str:
        """The output of a `flask` command on this site."""
        done = flask(self.data_dir, *command)
        done.check_returncode()
        return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def serving(data_dir: Path) -> Iterator[Site]:
    """gunicorn and the worker on a free port until the block ends; one process serves the one browser there is."""
    port = free_port()
    settings = environment(data_dir, port) | {"GUNICORN_CMD_ARGS": "--workers 1"}
    server = subprocess.Popen(["sh", "scripts/serve.sh"], cwd=ROOT, env=settings)
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz", server)
        yield Site(f"http://127.0.0.1:{port}", data_dir)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(900):
        assert server.poll() is None, "the server ended"
        try:
            urllib.request.urlopen(url, timeout=2)
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"nothing answers at {url}")


@pytest.fixture(scope="session")
def site(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo, to be looked at and left as it is."""
    with serving(_copied(seeded, tmp_path_factory.mktemp("site"))) as running:
        yield running


@pytest.fixture
def own_site(seeded: Path, tmp_path: Path) -> Iterator[Site]:
    """A demo of the test's own."""
    with serving(_copied(seeded, tmp_path)) as running:
        yield running


@pytest.fixture(scope="module")
def shared_site(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A demo that the tests of one file change, each in its own corner: starting a server takes a while."""
    with serving(_copied(seeded, tmp_path_factory.mktemp("shared"))) as running:
        yield running


def _copied(seeded: Path, folder: Path) -> Path:
    return Path(shutil.copytree(seeded, folder / "data"))


@pytest.fixture
def look(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open a browser window: `look(site)`; `javascript=False`, `size=PHONE` as a test needs them."""
    contexts = []

    def window(site: Site, *, javascript: bool = True, size: dict[str, int] = DESK) -> Page:
        context = chromium.new_context(base_url=site.url, java_script_enabled=javascript, viewport=size)
        contexts.append(context)
        return context.new_page()

    yield window
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def windows(site: Site, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """A fresh page in the window of that person; everybody signs in once."""
    contexts: dict[Any, BrowserContext] = {}

    def window(who: Any = None) -> Page:
        if who not in contexts:
            contexts[who] = chromium.new_context(base_url=site.url, locale="en-US")
            if who is not None:
                _sign_in(contexts[who].new_page(), who)
        return contexts[who].new_page()

    yield window
    for context in contexts.values():
        context.close()


def _sign_in(page: Page, who: Any) -> None:
    page.goto("/sign-in")
    with page.expect_navigation():
        page.locator(f"form[action='/sign-in/demo/{who.id}'] button").click()
    page.close()

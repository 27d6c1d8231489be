"""A ceremony of the test's own, in a folder of its own, and a browser that has entered it."""

import pytest

from app.voting.sealing import key_files
from ceremony.site import create_ceremony
from tests.browser import Browser
from tests.ceremony.table import Quick

HOST = "localhost"


@pytest.fixture(autouse=True)
def quick_locks(monkeypatch):
    """Locking a key takes half a second and 64 megabytes, which `tests/voting/sealing` waits for and these need not."""
    monkeypatch.setattr(key_files, "Argon2id", Quick)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "trustee-keys"


@pytest.fixture
def ceremony(folder):
    """The app and its start address."""
    app, start = create_ceremony(folder, host=HOST)
    app.extensions["ceremony_stop"] = lambda: app.extensions.update(has_stopped=True)
    return app, start.removeprefix(f"http://{HOST}")


@pytest.fixture
def browser(ceremony):
    app, start = ceremony
    browser = Browser(app)
    assert browser.open(start).path == "/"
    return browser

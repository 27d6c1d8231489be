"""In a browser with scripts a file stays where it is and only its hash is sent; without, the form sends the file."""

import pytest

from app.reports.rules import ReportKind
from tests import make
from tests.reports import sample

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.parametrize("app", ["sqlite"], indirect=True)]
FILE = b"%PDF-1.7 a file"


@pytest.fixture
def published(app, monkeypatch):
    """An edition whose files have these bytes."""
    monkeypatch.setattr("app.core.printing.press.printed", lambda sheet: FILE)
    with sample.published_kinds(ReportKind.PROGRESS):
        yield sample.out(ReportKind.PROGRESS, make.task_force().id, period=sample.QUARTER)


@pytest.fixture
def page(published, address, chromium):
    """Opens a window on the page that checks, with scripts or without, and remembers what it asks the site for."""
    contexts = []

    def opens(*, scripts):
        contexts.append(chromium.new_context(base_url=address, java_script_enabled=scripts, locale="en-US"))
        window, asked = contexts[-1].new_page(), []
        window.on("request", lambda request: asked.append(request.method))
        window.goto("/reports/check")
        return window, asked

    yield opens
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("scripts", "is_sent"), [(True, False), (False, True)])
def test_a_chosen_file_is_checked(page, scripts, is_sent):
    window, asked = page(scripts=scripts)
    window.set_input_files("input[type=file]", {"name": "r.pdf", "mimeType": "application/pdf", "buffer": FILE})
    window.get_by_role("button", name="Check the file").click()
    window.wait_for_url("**hash=*")
    assert "bit for bit" in window.locator("#answer").inner_text() and ("POST" in asked) is is_sent


def test_a_dropped_file_is_checked_without_being_sent(page):
    window, asked = page(scripts=True)
    dropped = window.evaluate_handle(
        "text => { const d = new DataTransfer(); d.items.add(new File([text], 'r.pdf')); return d; }", FILE.decode()
    )
    window.dispatch_event("[data-verify]", "drop", {"dataTransfer": dropped})
    window.wait_for_url("**hash=*")
    assert "bit for bit" in window.locator("#answer").inner_text() and "POST" not in asked

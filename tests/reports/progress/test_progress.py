"""The progress report of a task force: every section, on the page and on paper, from one set of figures."""

import subprocess
from pathlib import Path

from tests.reports import printing
from tests.reports.progress import quarter


def test_draft(app):
    here = quarter.full()
    edition = printing.made(quarter.freeze(here))
    print(edition.row, edition.files)
    for file in edition.files:
        Path("/tmp/progress-draft.pdf").write_bytes(printing.pdf_of(edition.row.id, "en", file.form))
    from tests.browser import Browser
    page = Browser(app).open(f"/reports/{edition.row.id}")
    Path("/tmp/progress.html").write_text(page.html)
    assert page.status == 200
    assert edition.files

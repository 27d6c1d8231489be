"""The press of the tests: a file is the page it would be printed from, at once and without the library.

A test that reads what is printed asks for `prints`, and the press itself prints.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import pytest

from app.core.printing import press
from app.core.printing.pdf import Sheet


def on_paper(sheet: Sheet, **_more: Any) -> bytes:
    """The page with the name of its variant, so that each form of a report is a file of its own."""
    return f"{sheet.document}<!-- {sheet.variant} -->".encode()


@pytest.fixture
def prints() -> None:
    """Said by a test that reads what the press prints."""


@contextmanager
def paper_press() -> Iterator[None]:
    """Whatever is printed meanwhile is on paper."""
    with pytest.MonkeyPatch.context() as changes:
        changes.setattr(press, "printed", on_paper)
        yield


@pytest.fixture(autouse=True)
def paper(request: pytest.FixtureRequest) -> Iterator[None]:
    """Files are on paper, except for those who said that they read them."""
    with nullcontext() if "prints" in request.fixturenames else paper_press():
        yield

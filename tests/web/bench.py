"""A bench to try templates on: the app's filters and strictness, without its database."""

from types import SimpleNamespace
from typing import Any

from flask import Flask

from tests.browser import read


class Bench:
    """Renders snippets of templates as the app would, without the app."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def html(self, source: str, **facts: Any) -> str:
        return self.app.jinja_env.from_string(source).render(**facts)

    def tree(self, source: str, **facts: Any) -> Any:
        return read(self.html(source, **facts))


def frame(**facts: Any) -> dict[str, Any]:
    """What every page needs to stand in its frame."""
    return {
        "locale": SimpleNamespace(lang="en", dir="ltr", languages={"en": "English"}),
        "site": SimpleNamespace(name="Lamplight", is_demo=False),
        "viewer": SimpleNamespace(is_authenticated=False, name=""),
        "navigation": [],
        "code_visit": None,
        "station": None,
        **facts,
    }

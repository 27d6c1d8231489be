"""Larger bodies for the few views that take files; for everybody else the small limit of forms stays."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

from app.core.access import current_actor

View = TypeVar("View", bound=Callable[..., Any])
AROUND = 100_000
"""What a form may weigh beside its file."""


def takes_file(most_bytes: int, *, from_anybody: bool = False) -> Callable[[View], View]:
    """Let signed-in people send this view a file of up to `most_bytes`, or anybody, whose tries the view counts."""

    def mark(view: View) -> View:
        view.takes_bytes = most_bytes  # type: ignore[attr-defined]  # a view is a function that carries its limit
        view.takes_from_anybody = from_anybody  # type: ignore[attr-defined]  # and whom it is for
        return view

    return mark


def init_uploads(app: Flask) -> None:
    """Raise the limit where a view says so, before anything reads the form; call it before the CSRF check is set up."""
    app.before_request(_allow)


def _allow() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    most_bytes = getattr(view, "takes_bytes", None)
    if most_bytes is None or request.method != "POST":
        return
    if getattr(view, "takes_from_anybody", False) or current_actor() is not None:
        request.max_content_length = most_bytes + AROUND

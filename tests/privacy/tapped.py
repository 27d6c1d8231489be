"""The twin of the canary: the same app, but somebody logs what requests carry."""

import sys

from flask import Flask, request

from app import create_app as real_app


def create_app() -> Flask:
    """Lamplight with a tap in it."""
    app = real_app()

    def tap() -> None:
        print("request body:", request.get_data(cache=True).decode(), file=sys.stderr, flush=True)

    app.before_request_funcs.setdefault(None, []).insert(0, tap)  # before anybody else reads the body
    return app

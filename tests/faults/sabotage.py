"""Lamplight with one thing done wrong, so that a test can show that it would notice."""

import threading
import time

from flask import Flask

from app import create_app
from app.voting.ballots import services

honest = services.cast
LATE = 0.3


def acknowledging_early() -> Flask:
    """Says thanks first and stores the ballot a moment later."""
    app = create_app()

    def cast(*arguments: object, **named: object) -> None:
        def later() -> None:
            time.sleep(LATE)
            with app.test_request_context():
                honest(*arguments, **named)

        threading.Thread(target=later, daemon=True).start()

    services.cast = cast
    return app

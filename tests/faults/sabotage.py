"""Lamplight with one thing done wrong, so that a test can show that it would notice."""

import threading
import time
from dataclasses import replace
from typing import Any

from flask import Flask

from app import create_app
from app.core.jobs import make_queue
from app.core.tokens import random_id
from app.voting.ballots import services
from app.voting.ballots.queries import Ready

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


def needing_the_database_to_start() -> Flask:
    """Asks the database for something while it is made, so that a worker cannot start while the database is away."""
    app = create_app()
    make_queue(app)
    return app


def forgetting_keys() -> Flask:
    """Takes every request for a new page, so that nothing is ever recognized."""
    read_ready = services.read_ready

    def read(*arguments: Any) -> Ready | None:
        ready = read_ready(*arguments)
        return ready and replace(ready, key=random_id())

    services.read_ready = read
    return create_app()

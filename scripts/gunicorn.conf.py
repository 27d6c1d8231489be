"""How gunicorn serves Lamplight, in one place: for `scripts/serve.sh`, the tests of faults and the bench."""

import importlib
import os
import socket
import time
from contextlib import suppress
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

SECONDS_TO_SEND = float(os.environ.get("SECONDS_TO_SEND") or 20)
"""How long somebody may take to send one request; the threads are few, and each waits for one sender."""


class ImpatientWorker(ThreadWorker):
    """gunicorn's threads, which no longer listen to whoever takes too long; gunicorn itself would wait for ever."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.listening: dict[Any, float] = {}

    def handle(self, conn: Any) -> Any:
        """Serve one request, and note since when."""
        self.listening[conn] = time.monotonic()
        try:
            return super().handle(conn)
        finally:
            self.listening.pop(conn, None)

    def notify(self) -> None:
        """Called about every second: a request that has not come whole is given up, an answer is still sent."""
        super().notify()
        late = time.monotonic() - SECONDS_TO_SEND
        for conn, since in list(self.listening.items()):
            if since < late:
                with suppress(OSError):
                    conn.sock.shutdown(socket.SHUT_RD)


def on_starting(_server: Any) -> None:
    """Load the code before the workers are forked, so that one that died is back at once; each makes its own app."""
    importlib.import_module("app")


bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
worker_class = ImpatientWorker
workers = 2
threads = 4
graceful_timeout = 10
control_socket_disable = True
pythonpath = "."

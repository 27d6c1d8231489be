"""How gunicorn serves Lamplight, in one place: for `scripts/serve.sh`, the tests of faults and the bench."""

import gc
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
    """gunicorn's threads, which no longer listen to whoever takes too long; gunicorn itself would wait for ever.

    And a process whose threads are all busy takes nobody in: who comes then is served by the other one, where
    gunicorn's own would let them wait behind the slow.
    """

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.listening: dict[Any, float] = {}
        self.in_hand = 0

    def set_accept_enabled(self, enabled: bool) -> None:
        """Listen at the door, or not; gunicorn asks for it again and again until it is so."""
        super().set_accept_enabled(enabled and self.in_hand < self.cfg.threads)

    def enqueue_req(self, conn: Any) -> None:
        """Hand a request to a thread; the door closes behind the last one that there is a thread for."""
        self.in_hand += 1
        if self.in_hand >= self.cfg.threads:
            self.set_accept_enabled(False)
        super().enqueue_req(conn)

    def finish_request(self, conn: Any, fs: Any) -> None:
        """A thread is free again."""
        self.in_hand -= 1
        super().finish_request(conn, fs)

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


def post_worker_init(_worker: Any) -> None:
    """The app of a process stays as long as the process, so the garbage collector need not walk through it."""
    gc.collect()
    gc.freeze()


bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
worker_class = ImpatientWorker
workers = 2
threads = 4
graceful_timeout = 10
control_socket_disable = True
pythonpath = "."

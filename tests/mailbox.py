"""The mails that a test causes, sent by running the waiting jobs, and what their readers look for in them."""

import re

from flask import Flask
from flask_mailman import EmailMessage

from app.core.jobs import run_waiting

SITE = "http://127.0.0.1:8000"


class Mailbox:
    """Everybody's mail in one place."""

    def __init__(self, app: Flask) -> None:
        self._mailman = app.extensions["mailman"]
        self._mailman.outbox = []

    def all(self) -> list[EmailMessage]:
        """Every mail so far, the oldest first."""
        run_waiting()
        run_waiting()  # a job that finds followers leaves their mails as jobs
        return list(self._mailman.outbox)

    def newest(self) -> EmailMessage:
        """The last mail."""
        return self.all()[-1]

    def code(self) -> str:
        """The six digits in the last mail."""
        return self._found(r"\b(\d{6})\b")

    def link(self) -> str:
        """The path of the first address in the last mail."""
        return self._found(re.escape(SITE) + r"(/\S+)")

    def _found(self, pattern: str) -> str:
        body = self.newest().body
        match = re.search(pattern, body)
        assert match, f"no {pattern} in:\n{body}"
        return match.group(1)

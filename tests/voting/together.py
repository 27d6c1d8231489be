"""The members of a vote's board, each in a browser of their own, who agree on a step as people do."""

from dataclasses import dataclass
from typing import Any

from flask import Flask

from tests import make
from tests.browser import Browser, Page


@dataclass(frozen=True)
class Table:
    """Where the board of one vote sits: two who run it, and their observer."""

    cycle_id: int
    first: Browser
    second: Browser
    observer: Browser

    def ask(self, step: str, **answers: Any) -> Page:
        """The first asks the board for a step; the page of the request."""
        return self.first.open(f"/voting/{self.cycle_id}/{step}").press("Ask the board", **answers)

    def agree(self, step: str, words: str, **answers: Any) -> Page:
        """The first asks, the second agrees; the page of the vote after it."""
        return self.second.open(self.ask(step, **answers).path).press(f"I agree: {words}")


def table(app: Flask, cycle_id: int) -> Table:
    """The board of that vote, signed in."""
    return Table(cycle_id, *(Browser(app).sign_in(make.account(who)) for who in make.board_of(cycle_id)))

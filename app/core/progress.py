"""A progress bar for commands whose work may take a while."""

import sys
from threading import Timer
from types import TracebackType
from typing import Self

import click

PATIENCE = 2.0  # seconds before a bar appears
WIDTH = 30


class Bar:
    """A bar on stderr for work that takes longer than PATIENCE; only on a terminal unless asked for."""

    def __init__(self, *, shown: bool | None = None, label: str = "Counting") -> None:
        wanted = sys.stderr.isatty() if shown is None else shown
        self._label = label
        self._due = self._drawn = False
        self._timer = Timer(PATIENCE, self._be_due) if wanted else None

    def __enter__(self) -> Self:
        if self._timer is not None:
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._drawn:
            click.echo("", err=True)

    def show(self, done: float) -> None:
        """Draw the share of the work done, 0 to 1, once it is worth drawing."""
        if self._due:
            full = round(done * WIDTH)
            click.echo(f"\r{self._label} [{'#' * full}{'.' * (WIDTH - full)}] {done:4.0%}", err=True, nl=False)
            self._drawn = True

    def _be_due(self) -> None:
        self._due = True

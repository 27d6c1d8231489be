"""The figures of a report, read once and frozen: what a snapshot holds and every page and PDF of it prints."""

from typing import Any


def results(cycle_id: int) -> dict[str, Any]:
    """The figures of a cycle's results and budget report."""
    raise NotImplementedError(cycle_id)

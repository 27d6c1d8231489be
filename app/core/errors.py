"""Refusals: what the domain says no with. Each carries a code for tests and logs and a sentence for people."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """Where a refused person can go on: a label and an address."""

    label: str
    url: str


class DomainError(Exception):
    """Something a person may not do, or not now. Shown on a page with status 409, never as a trace."""

    status = 409

    def __init__(self, code: str, message: str, *, next_step: NextStep | None = None, field: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.next_step = next_step
        self.field = field


class NoStanding(DomainError):
    """The person is known, the thing is known, and this person may not do this to it."""

    status = 403


class NotFound(DomainError):
    """Unknown, foreign or unpublished: the answer is the same for all three."""

    status = 404

    def __init__(self) -> None:
        super().__init__("not_found", "")


def ensure(condition: bool, code: str, message: str, *, field: str | None = None) -> None:
    """Refuse with `code` and `message` unless `condition` holds."""
    if not condition:
        raise DomainError(code, message, field=field)


def ensure_standing(allowed: bool, message: str) -> None:
    """Refuse a person without standing."""
    if not allowed:
        raise NoStanding("no_standing", message)

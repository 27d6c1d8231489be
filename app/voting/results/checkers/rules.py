"""When an accreditation holds."""

from datetime import date


def holds_on(day: date, *, starts_on: date, ends_on: date, is_withdrawn: bool) -> bool:
    """Whether somebody is a checker on that day; the first and the last day belong to it."""
    return starts_on <= day <= ends_on and not is_withdrawn

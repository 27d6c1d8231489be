"""What an overseer's statement is about, and until when it is to be answered."""

from dataclasses import dataclass

REPLY_DAYS = 20
"""How many working days the institution has to reply to a recommendation (domain, clocks: stage two)."""
LEAST_WORDS, MOST_WORDS = 40, 5000


@dataclass(frozen=True, kw_only=True)
class About:
    """A project, a task force, or (where both are None) the whole neighborhood."""

    project_id: int | None
    task_force_id: int | None

"""What can have happened to somebody's wish for mail. A mail sent is no event: it would tell when somebody voted."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CastNoticesSwitched(Event):
    """Somebody wants mail about their own votes, or none."""

    person_id: int
    wanted: bool

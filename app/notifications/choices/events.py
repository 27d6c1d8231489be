"""What can have happened to somebody's choice of mail."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class MailChosen(Event):
    """Somebody has said which mail they do not want."""

    person_id: int
    off: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MailStopped(Event):
    """Whoever had one of somebody's mails has ended mail of its kind; nobody had to sign in, so nobody is the actor."""

    person_id: int
    topic: str

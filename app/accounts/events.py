"""What can have happened to an account, a residence or a role. Sign-ins of residents are on purpose not among it."""

from dataclasses import dataclass
from datetime import date

from app.core.access import Role
from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class PersonJoined(Event):
    """A resident confirmed their address and has an account."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class DetailsChanged(Event):
    """Somebody changed how they are called or which language they read."""

    person_id: int
    public_name: str = free_text()


@dataclass(frozen=True, kw_only=True)
class ResidenceRegistered(Event):
    """Somebody said where they live; a clerk decides next."""

    person_id: int
    neighborhood_id: int
    address: str = free_text()


@dataclass(frozen=True, kw_only=True)
class ResidenceDecided(Event):
    """A clerk verified or refused a residence."""

    person_id: int
    neighborhood_id: int
    verified: bool
    note: str = free_text()


@dataclass(frozen=True, kw_only=True)
class FirstClerkMade(Event):
    """A new site has its first clerk, made from the command line."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class StaffInvited(Event):
    """A clerk made an account for a member of staff."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class RoleGranted(Event):
    """A clerk gave somebody a role, for the site (None) or a neighborhood, from a day until a day."""

    person_id: int
    grant_id: int
    role: Role
    neighborhood_id: int | None
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, kw_only=True)
class RoleEnded(Event):
    """A clerk ended a role before its last day."""

    person_id: int
    grant_id: int
    role: Role
    neighborhood_id: int | None


@dataclass(frozen=True, kw_only=True)
class StaffSignedIn(Event):
    """A member of staff completed a sign-in; `with_recovery_code` where one was used up."""

    person_id: int
    with_recovery_code: bool


@dataclass(frozen=True, kw_only=True)
class PasswordSet(Event):
    """A member of staff chose a password through a link sent to them."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class SecondFactorEnrolled(Event):
    """A member of staff connected an authenticator app."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class SecondFactorReset(Event):
    """A clerk removed somebody's second factor, so that they can connect a new one."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class RecoveryCodesMade(Event):
    """A member of staff made new recovery codes; the old ones are void."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class SignedOutEverywhere(Event):
    """Somebody ended all their visits."""

    person_id: int

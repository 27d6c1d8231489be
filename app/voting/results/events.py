"""What can have happened between the closed ballot set and its certified result."""

from dataclasses import dataclass

from app.core.access import Role
from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class VoteCounted(Event):
    """The ballots are counted and the result waits for its signatures, a large one for its second count first."""

    cycle_id: int
    result_id: int
    closed_set_hash: str
    lot_seed: str | None
    outcome_hash: str


@dataclass(frozen=True, kw_only=True)
class VoteRecounted(Event):
    """The same ballots were counted again without the `withdrawn` options; the count before stays on record."""

    cycle_id: int
    result_id: int
    withdrawn: tuple[int, ...]
    reason: str = free_text()
    outcome_hash: str


@dataclass(frozen=True, kw_only=True)
class ResultChecked(Event):
    """A worker has counted every runoff a second time; `difference` names the first one, if there is any."""

    cycle_id: int
    result_id: int
    agreed: bool
    difference: str | None


@dataclass(frozen=True, kw_only=True)
class ResultSigned(Event):
    """The first of the two signatures."""

    cycle_id: int
    result_id: int
    outcome_hash: str
    signed_as: Role


@dataclass(frozen=True, kw_only=True)
class FundedOption:
    """An option that a certified result pays for, in the frozen words of the ballot."""

    proposal_id: int
    number: int
    title: str = free_text()
    summary: str = free_text()
    cost_cents: int


@dataclass(frozen=True, kw_only=True)
class ResultCertified(Event):
    """A clerk and an observer have signed: this is the result; `funded` in the order of funding."""

    cycle_id: int
    result_id: int
    funded: tuple[FundedOption, ...]

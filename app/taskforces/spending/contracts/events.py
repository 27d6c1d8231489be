"""What can have happened to the contract behind a commitment."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ContractLinked(Event):
    """A clerk said under which id the council has published the contract; None takes back what was said before."""

    project_id: int
    commitment_id: int
    ocid: str | None
    url: str | None
    was: str | None

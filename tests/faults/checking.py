"""The checker: what the database holds afterwards against the acknowledgements that were kept outside it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.core.db import db
from app.voting.models import Envelope, RollEntry
from app.voting.queries import vote_facts
from tests.faults.letters import Letter
from tests.voting.ballots import box


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a checker found; all of it must be zero."""

    lost: int
    double: int
    bent: int
    """Voters whose roll entry does not say how many envelopes they have."""

    @property
    def text(self) -> str:
        """For the table of figures."""
        return f"{self.lost} lost, {self.double} double" + (f", {self.bent} bent" if self.bent else "")


NOTHING = Verdict(lost=0, double=0, bent=0)


def compare(cycle_id: int, sent: Sequence[Sequence[Letter]], acknowledged: Mapping[bytes, Letter]) -> Verdict:
    """Hold the stored envelopes against what was sent and what was acknowledged; the vote is still open."""
    stored, revisions = _stored(cycle_id)
    keys = Counter(key for _voter, key in stored)
    known = {letter.key for stack in sent for letter in stack}
    envelopes = Counter(voter for voter, _key in stored)
    return Verdict(
        lost=len(set(acknowledged) - set(keys)),
        double=sum(count - 1 for count in keys.values()) + len(set(keys) - known),
        bent=sum(envelopes[voter] != revision for voter, revision in revisions.items()),
    )


def counted_as_acknowledged(cycle_id: int, acknowledged: Mapping[bytes, Letter]) -> bool:
    """Close the vote and open it: whether exactly the last acknowledged ballot of every voter counts."""
    box.close(cycle_id)
    last = {letter.voter: letter.ranking for letter in acknowledged.values()}
    return box.rankings(cycle_id) == sorted(last.values())


def _stored(cycle_id: int) -> tuple[list[tuple[int, bytes]], dict[int, int]]:
    db.session.rollback()
    vote = vote_facts(cycle_id)
    entries = sa.select(RollEntry.person_id, RollEntry.revision).where(RollEntry.vote_id == vote.id)
    envelopes = sa.select(RollEntry.person_id, Envelope.idempotency_key).join(
        Envelope, Envelope.roll_entry_id == RollEntry.id
    )
    found = [(who, key) for who, key in db.session.execute(envelopes.where(RollEntry.vote_id == vote.id))]
    return found, {who: revision for who, revision in db.session.execute(entries)}

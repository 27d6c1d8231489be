"""The ballot box of a test: what is in it once it has been closed and opened."""

from app.voting import queries
from app.voting.sealing.envelopes import SealedEnvelope
from app.voting.sealing.opening import open_all
from tests import make


def close(cycle_id: int) -> None:
    """Close the vote before its announced end."""
    make.close(cycle_id, "The test is over.")


def rankings(cycle_id: int) -> list[tuple[int, ...]]:
    """Every ranking that counts, sorted; the vote must have closed."""
    facts = queries.vote_facts(cycle_id)
    sealed = [SealedEnvelope(ciphertext=c, commitment=k) for c, k, _leaf in queries.final_envelopes(facts.id)]
    opened = open_all(
        sealed,
        vote_id=facts.id,
        private_keys=queries.trustee_private_keys(facts.id),
        options=len(queries.options(facts.id)),
        max_ranks=facts.max_ranks,
    )
    assert opened.unreadable == ()
    return sorted(ballot.ranking for ballot in opened.ballots)

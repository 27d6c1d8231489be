"""Equal shares on real votes: our winners against those of pabutools, which counts in exact fractions."""

import json
import os
from pathlib import Path

from app.voting.counting.equal.steps import fund_by_equal_shares
from app.voting.counting.formats.pabulib import read
from app.voting.counting.records import Rule, Vote
from app.voting.counting.runoffs import fund_the_free
from app.voting.counting.state import CountInProgress
from bench.pabu import equal_shares

DATA = Path(os.environ.get("LAMPLIGHT_DATA") or Path(__file__).parents[2] / "shared" / "data")


def winners(vote: Vote) -> set[int]:
    """What equal shares fund before the runoffs."""
    state = CountInProgress(vote, Rule.EQUAL_SHARES, None)
    fund_the_free(state)
    fund_by_equal_shares(state)
    return {funded.option for funded in state.funded}


def main() -> None:
    """Print how many files there are and which of them differ, as a line of JSON."""
    votes = {path.name: read(path.read_bytes()).vote for path in sorted((DATA / "pb").glob("*.pb"))}
    differ = [name for name, vote in votes.items() if winners(vote) != set(equal_shares(vote))]
    print(json.dumps({"files": len(votes), "differ": differ}))


if __name__ == "__main__":
    main()

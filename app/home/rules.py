"""What somebody can do next in a cycle, and where a form may send its reader back to."""

from collections.abc import Mapping
from enum import StrEnum

from app.cycles.rules import STAGES_OF, CycleFacts, PhaseFacts, PhaseKind, Stage, reached


class NextAct(StrEnum):
    """The one clear thing to do in a cycle now."""

    PROPOSE = "propose"
    READ = "read"
    VOTE = "vote"
    VOTE_AGAIN = "vote_again"
    SEE_BALLOT = "see_ballot"
    WAIT_FOR_RESULT = "wait_for_result"
    SEE_RESULT = "see_result"
    SEE_CYCLE = "see_cycle"


ACTS: Mapping[PhaseKind, NextAct] = {
    PhaseKind.COLLECTING: NextAct.PROPOSE,
    PhaseKind.REVIEWING: NextAct.READ,
    PhaseKind.VOTING: NextAct.VOTE,
    PhaseKind.COUNTING: NextAct.WAIT_FOR_RESULT,
    PhaseKind.DELIVERING: NextAct.SEE_RESULT,
}


def next_act(cycle: CycleFacts, on: PhaseFacts | None, *, has_voted: bool) -> NextAct:
    """What to offer for `cycle` while the phase `on` lasts; `has_voted` only ever comes from the roll."""
    if reached(cycle.stage, Stage.CERTIFIED):
        return NextAct.SEE_RESULT
    if on is None or cycle.stage not in STAGES_OF[on.kind]:
        return NextAct.SEE_BALLOT if reached(cycle.stage, Stage.BALLOT_FIXED) else NextAct.SEE_CYCLE
    act = ACTS[on.kind]
    return NextAct.VOTE_AGAIN if act is NextAct.VOTE and has_voted else act


def own_first(cycles: list[CycleFacts], home_id: int | None) -> list[CycleFacts]:
    """The cycles with those of a person's own neighborhood in front, else in their order."""
    return sorted(cycles, key=lambda cycle: cycle.neighborhood_id != home_id)


def is_own_path(path: str) -> bool:
    """Whether `path` is a path of this site: one leading slash, nothing a browser would read as another host."""
    return path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()

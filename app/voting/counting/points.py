"""Points: the highest rank gives the most points, and in order of points whatever still fits is funded."""

import numpy as np

from app.voting.counting.outcomes import Kind, Phase
from app.voting.counting.state import CountInProgress, paid_by_rank


def fund_by_points(state: CountInProgress) -> None:
    """Rank r gives max_ranks + 1 − r points; skip what costs more than is left. Source: Counting, C4."""
    state.enter(Phase.POINTS, state.rule, round=1)
    ranks = np.array([np.bincount(column, minlength=len(state.costs)) for column in state.rows.T], dtype=np.int64)
    worth = [state.vote.max_ranks - place for place in range(len(ranks))]
    points = [sum(n * w for n, w in zip(column, worth, strict=True)) for column in ranks.T.tolist()]
    waiting = state.open_options
    state.log(Kind.SUPPORT, None, {"points": [[option, points[option]] for option in waiting]})
    waiting.sort(key=lambda option: (-points[option], int(state.lot[option])))
    level: dict[int, list[int]] = {}
    for option in waiting:
        level.setdefault(points[option], []).append(option)
    for number, option in enumerate(waiting, start=1):
        same = level[points[option]]
        if state.costs[option] > state.left:
            state.set_aside(option)
        else:
            ballots = ranks[:, option]
            given = [n * w for n, w in zip(ballots.tolist(), worth, strict=True)]
            tie = state.first_in_lot(same)[1]
            state.fund(option, {"points": points[option]}, paid_by_rank(state.costs[option], ballots, given), tie)
        same.remove(option)
        state.tell(number / len(waiting))

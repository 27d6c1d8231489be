"""The steps of equal shares: fund the option that costs its supporters the least for each point, again and again."""

from heapq import heapify, heappop, heappush

from app.voting.counting.equal.purses import Price, Purses
from app.voting.counting.outcomes import Kind, Phase
from app.voting.counting.records import Rule
from app.voting.counting.state import CountInProgress, paid_by_rank


def fund_by_equal_shares(state: CountInProgress) -> None:
    """Fund, the cheapest for each point first, what its supporters can pay for, each in proportion to its points.

    Logs every funding and leaves the rest of the pot to the runoffs. Source: Counting, C3.
    """
    purses = Purses(state)
    waiting = _opened(state, purses)
    at_start = max(state.left, 1)
    for round_ in range(1, len(state.costs)):
        state.enter(Phase.EQUAL, Rule.EQUAL_SHARES, round=round_)
        prices = _repriced(state, purses, waiting)
        if not prices:
            break
        lowest = min(price.coarse for price in prices.values())
        option, tie = state.first_in_lot([other for other, price in prices.items() if price.coarse == lowest])
        payment = purses.pay(option, prices[option])
        state.fund(
            option,
            {"supporters": purses.supporters.number(option), **payment.numbers(state)},
            paid_by_rank(state.costs[option], purses.supporters.by_rank(option), payment.by_rank),
            tie,
        )
        for other, price in prices.items():
            if other != option:
                heappush(waiting, (price.coarse, other))
        state.tell(0.5 * (at_start - state.left) / at_start)


def _opened(state: CountInProgress, purses: Purses) -> list[tuple[int, int]]:
    """Log who supports what, and put the options with a cost in a queue, the lowest price thinkable first."""
    state.enter(Phase.EQUAL, Rule.EQUAL_SHARES, round=1)
    options = [option for option in state.open_options if state.costs[option]]
    support = [[option, purses.supporters.number(option), purses.points(option)] for option in options]
    state.log(Kind.SUPPORT, None, {"support": support})
    waiting = [(purses.at_first(option).coarse, option) for option in options]
    heapify(waiting)
    return waiting


def _repriced(state: CountInProgress, purses: Purses, waiting: list[tuple[int, int]]) -> dict[int, Price]:
    """Take from the queue every option that could be the cheapest now, with its price.

    What ballots carry only falls, so a price only rises, and who cannot pay now never can again.
    """
    prices: dict[int, Price] = {}
    lowest = None
    while waiting and (lowest is None or waiting[0][0] <= lowest):
        at_least, option = heappop(waiting)
        price = purses.price(option, at_least) if state.costs[option] <= state.left else None
        if price is not None:
            prices[option] = price
            lowest = price.coarse if lowest is None else min(lowest, price.coarse)
    return prices

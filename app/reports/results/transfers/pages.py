"""Where the ballots of a runoff went when a project was out: drawn as flows, with the table that says the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from app.core.charts.flows import Flow, Node, flow_table, sankey
from app.core.charts.tables import Table
from app.voting.counting.rounds import Runoff, Tally

NOBODY = 0
"""Where ballots stand that rank no project which is still in; projects count from 1."""
MOST_PROJECTS, MOST_COUNTS = 8, 5
"""A drawing of more than these is not read any more; the tables tell every runoff."""


@dataclass(frozen=True, kw_only=True)
class Transfers:
    """The drawing and its table."""

    chart: Markup
    table: Table


def transfers(runoff: Runoff, titles: Mapping[int, str]) -> Transfers | None:
    """How ballots moved from count to count; None where none did, or where too many projects met for a drawing."""
    tallies = runoff.tallies
    if not 1 < len(tallies) <= MOST_COUNTS or len(tallies[0].votes) > MOST_PROJECTS:
        return None
    order = _order(tallies)
    columns = [_column(tally, order, titles) for tally in tallies]
    flows = [_flows(one, other) for one, other in zip(tallies, tallies[1:], strict=False)]
    if not any(each.moves for step in flows for each in step):
        return None
    number = runoff.number
    title = _("Runoff %(number)d: where ballots went when a project was out. The table says it, too.", number=number)
    caption = _("Runoff %(number)d: ballots that went on", number=number)
    headings = (_("From"), _("To"), _("Ballots"))
    return Transfers(chart=sankey(title, columns, flows), table=flow_table(caption, headings, columns, flows))


def _column(tally: Tally, order: Sequence[int], titles: Mapping[int, str]) -> list[Node]:
    votes = dict(tally.votes)
    standing = [Node(key=each, name=titles[each], value=votes[each]) for each in order if each in votes]
    gone = Node(key=NOBODY, name=str(_("rank none that is still in")), value=tally.exhausted)
    return [*standing, gone] if tally.exhausted else standing


def _order(tallies: Sequence[Tally]) -> list[int]:
    """Whoever stayed longest first, then the larger: in each column alike, so that few bands cross."""
    last = {option: (number, votes) for number, tally in enumerate(tallies) for option, votes in tally.votes}
    return sorted(last, key=lambda option: (*(-each for each in last[option]), option))


def _flows(one: Tally, other: Tally) -> list[Flow]:
    """What stays, and what the project that was out gave to each of the others."""
    before, after, out = dict(one.votes), dict(other.votes), one.eliminated
    assert out is not None  # only the last count of a runoff puts nobody out
    found = [Flow(giver=each, taker=each, value=before[each]) for each in after]
    found += [Flow(giver=out, taker=each, value=after[each] - before[each]) for each in after]
    found.append(Flow(giver=NOBODY, taker=NOBODY, value=one.exhausted))
    found.append(Flow(giver=out, taker=NOBODY, value=other.exhausted - one.exhausted))
    return [each for each in found if each.value]

"""The turnout in a drawing, a table and sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask_babel import format_datetime, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

from app.core.charts.bars import Bar, bars
from app.core.charts.tables import Table
from app.core.clock import now
from app.voting.queries import VoteFacts
from app.voting.rules import SMALLEST_CELL, VoteStage, shown_turnout
from app.voting.turnout import queries
from app.voting.turnout.rules import Channels, Hour, by_day, cells, told_apart

DRAWN_BY_HOUR = 24
"""More cells than this are drawn by the day; the table has them all."""
WIDTH = 440


@dataclass(frozen=True, kw_only=True)
class TurnoutPage:
    """What the page says: sentences, the drawing (None without a cell) and its table."""

    said: str
    channels: str
    chart: Markup | None
    table: Table | None
    by_day: bool


def turnout_page(vote: VoteFacts) -> TurnoutPage:
    """The turnout of a vote as everybody may see it."""
    is_open = vote.stage is VoteStage.OPEN
    found = queries.channels(vote.id)
    shown = cells(queries.kept_hours(vote.id), found.voters, ended_at=None if is_open else min(vote.closes_at, now()))
    drawn, is_by_day = _to_draw(shown, vote)
    return TurnoutPage(
        said=_said(shown_turnout(found.voters, stage=vote.stage), vote, is_open=is_open),
        channels=_channels(told_apart(found, is_open=is_open)),
        chart=_chart(drawn, vote, is_by_day=is_by_day) if shown else None,
        table=_table(shown, vote) if shown else None,
        by_day=is_by_day,
    )


def _said(voters: int, vote: VoteFacts, *, is_open: bool) -> str:
    roll = ngettext("%(num)s person is on the roll.", "%(num)s people are on the roll.", vote.roll_size or 0)
    if not is_open:
        voted = ngettext("%(num)s person has voted.", "%(num)s people have voted.", voters)
    elif voters:
        voted = ngettext("At least %(num)s person has voted.", "At least %(num)s people have voted.", voters)
    else:
        voted = _("Fewer than %(num)s people have voted so far.", num=SMALLEST_CELL)
    return f"{voted} {roll}"


def _channels(found: Channels | None) -> str:
    if found is None:
        message = _(
            "Online and on paper are not told apart: one of them is fewer than %(num)s people, and small numbers point"
            " at people.",
            num=SMALLEST_CELL,
        )
    else:
        message = _("%(online)s online, %(paper)s on paper.", online=found.online, paper=found.paper)
    return str(message)


def _to_draw(shown: Sequence[Hour], vote: VoteFacts) -> tuple[Sequence[Hour], bool]:
    if len(shown) <= DRAWN_BY_HOUR:
        return shown, False
    offset = vote.closes_at.astimezone(ZoneInfo(vote.cycle.time_zone)).utcoffset()
    assert offset is not None
    return by_day(shown, offset), True


def _chart(drawn: Sequence[Hour], vote: VoteFacts, *, is_by_day: bool) -> Markup:
    style = "EEEE d MMMM" if is_by_day else "EEE d MMM, HH:mm"
    rows = [Bar(label=_when(each, vote, style), value=each.voters, shown=str(each.voters)) for each in drawn]
    return bars(_("How many voted up to each time since the one before"), rows, width=WIDTH)


def _table(shown: Sequence[Hour], vote: VoteFacts) -> Table:
    total, rows = 0, []
    for each in shown:
        total += each.voters
        rows.append((_when(each, vote, "EEE d MMM y, HH:mm"), str(each.voters), str(total)))
    headings = (_("Up to"), _("Voted since the line before"), _("Voted so far"))
    return Table(caption=_("Turnout by the hour"), headings=headings, rows=rows)


def _when(each: Hour, vote: VoteFacts, style: str) -> str:
    moment = each.until.astimezone(ZoneInfo(vote.cycle.time_zone))
    return str(format_datetime(moment, style, rebase=False))

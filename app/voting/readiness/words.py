"""What is wrong with this site's database or clocks, and what to do about it, in sentences for the board."""

from collections.abc import Callable, Mapping

from flask_babel import gettext as _
from flask_babel import ngettext

from app.audit.queries import newest_moment
from app.core.databases.durability import ClockFault, ClockProblem, clock_problems, time_file


def clock_sentences() -> list[str]:
    """Each thing that is wrong with the clocks, by how much, and what to do; nothing where they can be believed."""
    return [_SENTENCES[problem.fault](problem) for problem in clock_problems(newest=newest_moment())]


def how_long(seconds: float) -> str:
    """A stretch of time in its largest unit, rounded down."""
    if seconds >= 7200:
        return str(ngettext("%(num)s hour", "%(num)s hours", int(seconds // 3600)))
    if seconds >= 120:
        return str(ngettext("%(num)s minute", "%(num)s minutes", int(seconds // 60)))
    return str(ngettext("%(num)s second", "%(num)s seconds", max(1, int(seconds))))


def _apart(problem: ClockProblem) -> str:
    sentence: str = _(
        "The clocks of the web server and the database differ by %(time)s. Set both by the same time server (NTP),"
        " then try again.",
        time=how_long(problem.by.total_seconds()),
    )
    return sentence


def _went_back(problem: ClockProblem) -> str:
    sentence: str = _(
        "The clock has gone back by %(time)s: something is on record that would be in the future. Set the clock by a"
        " time server (NTP). If it is right now and was wrong before, remove the file %(file)s, wait until the clock"
        " has passed the newest entry of the audit log, and try again.",
        time=how_long(problem.by.total_seconds()),
        file=time_file(),
    )
    return sentence


_SENTENCES: Mapping[ClockFault, Callable[[ClockProblem], str]] = {
    ClockFault.APART: _apart,
    ClockFault.WENT_BACK: _went_back,
}

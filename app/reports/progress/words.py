"""What a progress report says in sentences, made of its frozen figures and of nothing else."""

from collections import Counter
from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any

from flask_babel import format_date, get_locale, ngettext
from flask_babel import gettext as _

from app.core.moments import day
from app.core.money import written
from app.taskforces.projects import words as projects
from app.taskforces.projects.promises import words as promises
from app.taskforces.projects.promises.rules import Timing
from app.taskforces.projects.rules import Cause, ForecastReason
from app.taskforces.seats.rules import Side
from app.taskforces.seats.words import SIDES
from app.taskforces.setbacks import words as setbacks
from app.taskforces.setbacks.rules import Source

Told = SimpleNamespace


def causes(project: Told) -> str:
    """Why a project stands as it does."""
    return " ".join(projects.cause(Cause(each.cause), each.number) for each in project.causes)


def pause(project: Told) -> str:
    """Since when a paused project rests, until when, and why; nothing of one that does not, or of older figures."""
    resting = getattr(project, "pause", None)
    if resting is None:
        return ""
    begun, restart = day(resting.begun_on), day(resting.restart_on)
    since = _("It has rested since %(day)s and is expected to start again on %(restart)s.", day=begun, restart=restart)
    why = _("Why: %(reasons)s", reasons=resting.reason)
    return f"{since} {why}"


def reasons(project: Told) -> str:
    """Every reason that was given for what is late in a project, each once; that there is none, where there is none."""
    late = [row for row in project.milestones if row.days_late]
    said = list(dict.fromkeys(row.reason.explanation for row in late if row.reason))
    if late and not said and not any(row.setback for row in late):
        return str(_("Nobody has said why."))
    return str(_("Why: %(reasons)s", reasons=" ".join(said))) if said else ""


def version(update: Told) -> Told:
    """What an update says in the reader's language, or as it was written."""
    mine = [each for each in update.versions if each.language == str(get_locale())]
    found: Told = (mine or list(update.versions))[0]
    return found


def end_of(row: Told) -> str:
    """When a milestone was done, or when it is expected now; of one that is only said to be done, that it is."""
    if row.stage == "claimed":
        return str(_("said to be done"))
    if row.actual_on:
        return str(_("done %(day)s", day=day(row.actual_on, "medium")))
    return str(_("expected %(day)s", day=day(row.forecast_on, "medium")))


def why_late(row: Told) -> str:
    """Why a milestone is late, in a sentence; that nobody has said so, where nobody has."""
    parts = []
    if row.reason:
        kind = promises.REASONS[ForecastReason(row.reason.reason)]
        parts.append(f"{kind}: {row.reason.explanation}")
    if row.setback:
        parts.append(_("Setback %(code)s, see section 5.", code=row.setback))
    if not row.is_explained:
        parts.append(_("No explanation yet."))
    return " ".join(parts) or _("Nobody has said why.")


def reasons_of_late(projects_: Iterable[Told]) -> list[tuple[str, str, str]]:
    """The late milestones of each project with their code and why: those with the same words together."""
    found: dict[tuple[str, str], list[str]] = {}
    for project in projects_:
        for row in project.milestones:
            if row.days_late:
                found.setdefault((project.code, why_late(row)), []).append(row.title)
    return [(" · ".join(titles), code, why) for (code, why), titles in found.items()]


def verified(row: Told) -> str:
    """Which side has looked whether a milestone is done, and who of it."""
    if row.verified_by:
        return str(_("%(name)s, %(side)s", name=row.verified_by, side=SIDES[Side(row.verified_side)]))
    if row.stage == "claimed":
        return str(_("Claimed; the other side has not looked yet."))
    return str(_("Nobody yet")) if row.actual_on else str(_("Not done yet"))


def days_late(row: Told) -> str:
    """By how many days, as a number that stands in a cell."""
    return str(ngettext("%(num)s day", "%(num)s days", row.days_late)) if row.days_late else str(_("none"))


def setback_title(row: Told) -> str:
    """What a setback is called."""
    facts = {"milestone": row.milestone} if row.milestone else {}
    return setbacks.title(row.title, Source(row.source), row.rule, facts)


def effects(row: Told, currency: str) -> str:
    """What a setback costs in days and money, where that is known."""
    parts = []
    if row.effect_days:
        parts.append(ngettext("%(num)s day later", "%(num)s days later", row.effect_days))
    if row.effect_cents:
        parts.append(_("%(sum)s more", sum=written(row.effect_cents, currency)))
    return ", ".join(parts)


def off_track(report: Told) -> list[Told]:
    """The projects that need a word in the summary: off track first, then those that need attention."""
    order = ("off_track", "needs_attention")
    return sorted(
        (row for row in report.projects if row.status in order), key=lambda row: (order.index(row.status), row.code)
    )


def behind(report: Told) -> Told:
    """How many milestones are past their day, expected after it, or only said to be done."""
    found = Counter(row.timing for project in report.projects for row in project.milestones)
    return Told(past=found[Timing.LATE], later=found[Timing.EXPECTED_LATE], said=found[Timing.CLAIMED])


def no_setbacks(late: Told) -> str:
    """The sentence that stands where no setback is told; with late milestones it does not fit, and says so."""
    if not late.all:
        return str(_("No setbacks reported, and no milestone is late."))
    return str(
        ngettext(
            "No setbacks reported; %(num)s milestone late.", "No setbacks reported; %(num)s milestones late.", late.all
        )
    )


def books(row: Told, currency: str) -> str:
    """Whether the books of a cycle agree with the council's (domain rule 17): in the quarter, and since."""
    said = _("%(cycle)s: reconciled with the council’s books for this quarter.", cycle=row.cycle)
    if not row.is_final:
        why = what_is_open(row, currency)
        said = _("%(cycle)s: unreconciled (%(why)s).", cycle=row.cycle, why=why)
    since = getattr(row, "since", None)
    if since is None:
        return str(said)
    still = what_is_open(since, currency)
    more = _("Paid since then, and in the sums above, too: %(why)s.", why=still)
    return f"{said} {more}"


def is_open_since(money: Told) -> bool:
    """Whether anything that was paid after the quarter does not agree with the council's books yet."""
    return any(getattr(row, "since", None) for row in money.books)


def what_is_open(row: Told, currency: str) -> str:
    """What of some months does not agree with the council's books: a sum, and the months."""
    parts = []
    if row.unexplained_cents:
        parts.append(_("%(sum)s is not explained", sum=written(row.unexplained_cents, currency)))
    if row.months_missing:
        parts.append(_("not yet compared: %(months)s", months=_months(row.months_missing)))
    if getattr(row, "months_changed", ()):
        parts.append(_("changed since they were compared: %(months)s", months=_months(row.months_changed)))
    return "; ".join(parts)


def _months(rows: Iterable[Told]) -> str:
    return ", ".join(format_date(each.month_on, "LLLL y") for each in rows)


def on_time(questions: Iterable[Told], first: Any, last: Any) -> Told:
    """How many questions were asked and answered in the quarter, how many in time, and how many wait."""
    rows: Sequence[Told] = tuple(questions)
    answered = [row for row in rows if row.answers and first <= row.answers[0].answered_on <= last]
    return Told(
        asked=sum(first <= row.asked_on <= last for row in rows),
        answered=len(answered),
        in_time=sum(row.answers[0].answered_on <= row.due_on for row in answered),
        waiting=sum(row.stage in ("received", "accepted", "assigned", "escalated") for row in rows),
        overdue=sum(row.days_over > 0 for row in rows),
    )

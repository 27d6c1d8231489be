"""Stages, phases and rules of a cycle in plain words, the same on every page and in every refusal."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_interval
from flask_babel import LazyString, format_date, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.cycles.rules import (
    STAGES_OF,
    WAITS_FOR_END,
    CountRule,
    CycleFacts,
    LeftoverRule,
    PhaseFacts,
    PhaseKind,
    PublicationLevel,
    Stage,
    WhyNotYet,
)

PHASES: Mapping[PhaseKind, LazyString] = {
    PhaseKind.COLLECTING: _l("Collecting proposals"),
    PhaseKind.REVIEWING: _l("Review and prices"),
    PhaseKind.VOTING: _l("Voting"),
    PhaseKind.COUNTING: _l("Counting and certifying"),
    PhaseKind.DELIVERING: _l("Building"),
}

POSSIBLE: Mapping[PhaseKind, LazyString] = {
    PhaseKind.COLLECTING: _l("You can propose a project now."),
    PhaseKind.REVIEWING: _l("Officers are checking and pricing the proposals. You can read them all."),
    PhaseKind.VOTING: _l("Residents can vote now."),
    PhaseKind.COUNTING: _l("The votes are being counted. The result comes next."),
    PhaseKind.DELIVERING: _l("Task forces are building what won. You can follow each project."),
}

NOT_NOW: Mapping[PhaseKind, LazyString] = {
    PhaseKind.COLLECTING: _l("Proposals are collected %(dates)s."),
    PhaseKind.REVIEWING: _l("Proposals are reviewed and priced %(dates)s."),
    PhaseKind.VOTING: _l("Voting is open %(dates)s."),
    PhaseKind.COUNTING: _l("Votes are counted %(dates)s."),
    PhaseKind.DELIVERING: _l("Projects are built %(dates)s."),
}

STAGES: Mapping[Stage, LazyString] = {
    Stage.DRAFT: _l("Draft"),
    Stage.COLLECTING: _l("Collecting proposals"),
    Stage.REVIEWING: _l("In review"),
    Stage.BALLOT_FIXED: _l("Ballot fixed"),
    Stage.VOTING: _l("Voting"),
    Stage.COUNTING: _l("Counting"),
    Stage.CERTIFIED: _l("Result certified"),
    Stage.DELIVERING: _l("Building"),
    Stage.CLOSED: _l("Closed"),
}

RULES: Mapping[CountRule, LazyString] = {
    CountRule.SHARED_BUDGET: _l("Shared budget, then runoffs"),
    CountRule.RANKED_CHOICE: _l("Ranked-choice rounds"),
    CountRule.POINTS: _l("Points"),
    CountRule.EQUAL_SHARES: _l("Equal shares, then runoffs"),
}

LEFTOVERS: Mapping[LeftoverRule, LazyString] = {
    LeftoverRule.NEXT_CYCLE: _l("Unspent money goes into the pot of the next cycle."),
    LeftoverRule.CONTINGENCY: _l("Unspent money is kept in reserve for the projects that won."),
}

LEVELS: Mapping[PublicationLevel, LazyString] = {
    PublicationLevel.FULL: _l(
        "Every ranking is published, without names and in no order, so that anybody can count again."
    ),
    PublicationLevel.CONSULTED: _l(
        "What the runoffs looked at is published: with which projects ballots stood, in groups of ten or more. "
        "Of everything else, totals."
    ),
    PublicationLevel.TOTALS: _l("Only totals are published. Observers and accredited checkers count again."),
}


def rule_name(rule: str) -> str:
    """The counting rule's name for residents; an unknown word is shown as it is."""
    return str(RULES[CountRule(rule)]) if rule in list(CountRule) else rule


def who_may_vote(min_age: int | None, place: str) -> str:
    """Who may vote, in a sentence."""
    if min_age is None:
        return str(_("Everybody with a verified home in %(place)s, whatever their age", place=place))
    sentence = _("Everybody with a verified home in %(place)s who is %(age)s or older", place=place, age=min_age)
    return str(sentence)


def dates_of(phase: PhaseFacts, zone: str) -> str:
    """`from March 2, 2026 to March 29, 2026`, in the days of the zone residents live in."""
    first, last = first_and_last(phase, zone)
    return str(
        _(
            "from %(first)s to %(last)s",
            first=format_date(first, "long", rebase=False),
            last=format_date(last, "long", rebase=False),
        )
    )


def day_range(phase: PhaseFacts, zone: str) -> str:
    """`Mar 2 – 29, 2026`, in the days of the zone residents live in and the manner of the page's language."""
    first, last = first_and_last(phase, zone)
    return format_interval(first.date(), last.date(), "yMMMd", locale=get_locale() or "en")


def dated(facts: CycleFacts) -> list[tuple[str, PhaseFacts]]:
    """The phases by their names in the order in which they begin, the prices phase among them where there is one."""
    found = [(str(PHASES[phase.kind]), phase) for phase in facts.phases]
    plan = facts.plan
    if plan is not None and plan.prices_from is not None and plan.prices_until is not None:
        days = PhaseFacts(kind=PhaseKind.REVIEWING, starts_at=plan.prices_from, ends_at=plan.prices_until)
        found.append((str(_("Prices open to objection")), days))
    return sorted(found, key=lambda each: each[1].starts_at)


def first_and_last(phase: PhaseFacts, zone: str) -> tuple[datetime, datetime]:
    """The first moment and one within the last day of a phase, in the zone residents live in."""
    local = ZoneInfo(zone)
    return phase.starts_at.astimezone(local), (phase.ends_at - timedelta(seconds=1)).astimezone(local)


def days_of(phase: PhaseFacts, zone: str) -> tuple[date, date]:
    """The first and the last day of a phase, in the zone residents live in."""
    first, last = first_and_last(phase, zone)
    return first.date(), last.date()


def now_on(facts: CycleFacts, now: datetime) -> str:
    """What is on, until when, and what is possible, for the cycle's own page."""
    on = facts.on(now)
    if facts.stage is Stage.DRAFT:
        return str(_("This is a draft. Only clerks and observers see it."))
    if on is None:
        return between_phases(facts, now)
    running = _("Now on: %(phase)s, %(dates)s.", phase=PHASES[on.kind], dates=dates_of(on, facts.time_zone))
    if facts.stage not in STAGES_OF[on.kind]:
        waits = _("This step has not been opened yet.")
        return f"{running} {waits}"
    return f"{running} {POSSIBLE[on.kind]}"


def wrong_phase(facts: CycleFacts, kind: PhaseKind, now: datetime) -> str:
    """When what was tried can be done, what is on instead, and what is possible now."""
    tried = str(NOT_NOW[kind]) % {"dates": dates_of(facts.phase(kind), facts.time_zone)}
    on = facts.on(now)
    if on is None:
        return f"{tried} {between_phases(facts, now)}"
    if on.kind is kind:
        not_on = _("The clerk has not opened this step yet, or has already closed it.")
        return f"{tried} {not_on}"
    running = _("Now on: %(phase)s, %(dates)s.", phase=PHASES[on.kind], dates=dates_of(on, facts.time_zone))
    return f"{tried} {running} {POSSIBLE[on.kind]}"


def between_phases(facts: CycleFacts, now: datetime) -> str:
    """What to say on a day without a phase: what comes next, or that all is over."""
    coming = next((phase for phase in facts.phases if phase.starts_at > now), None)
    if coming is None:
        return str(_("This cycle has ended. You can read its result and follow its projects."))
    return str(_("Next: %(phase)s, %(dates)s.", phase=PHASES[coming.kind], dates=dates_of(coming, facts.time_zone)))


def why_not_yet(reason: WhyNotYet, facts: CycleFacts, to: Stage) -> str:
    """Why the cycle cannot step to `to` yet, for a clerk."""
    if reason is WhyNotYet.NOT_THE_NEXT:
        return str(
            _(
                "This cycle is at “%(stage)s”. It moves step by step and never back: “%(to)s” does not come next.",
                stage=STAGES[facts.stage],
                to=STAGES[to],
            )
        )
    dates = dates_of(facts.phase(WAITS_FOR_END[to]), facts.time_zone)
    phase = PHASES[WAITS_FOR_END[to]]
    return str(_("“%(phase)s” runs %(dates)s. Residents were promised these days.", phase=phase, dates=dates))

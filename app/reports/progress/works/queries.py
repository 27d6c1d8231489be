"""Reading projects for a progress report, through the queries of their own rooms, as they stand on a day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.moments import day_in
from app.reports.progress.works.rules import is_explained, is_within
from app.reports.rules import Period
from app.taskforces.projects.claims import queries as claims
from app.taskforces.projects.claims.queries import ClaimRow
from app.taskforces.projects.claims.rules import Finding
from app.taskforces.projects.pausing import queries as pausing
from app.taskforces.projects.promises import queries as promises
from app.taskforces.projects.promises.queries import ChangeRow, MilestoneRow
from app.taskforces.projects.promises.rules import MilestoneStage, Timing
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.projects.rules import ENDED, Cause, ForecastReason, ProjectStage, Status
from app.taskforces.seats.rules import Side
from app.taskforces.setbacks import queries as setbacks
from app.taskforces.setbacks import words as setback_words
from app.taskforces.setbacks.actions.rules import ActionStage
from app.taskforces.setbacks.queries import SetbackRow
from app.taskforces.setbacks.rules import OPEN, SetbackStage, Severity, Source
from app.taskforces.updates import queries as updates
from app.taskforces.updates.queries import UpdateRow

MOST_PICTURES = 2
"""How many pictures of a project a report shows."""


@dataclass(frozen=True, kw_only=True)
class CauseLine:
    """Why a status is what it is: a cause and its number."""

    cause: Cause
    number: int


@dataclass(frozen=True, kw_only=True)
class VersionLine:
    """What an update says in one language."""

    language: str
    what_changed: str
    why: str
    what_next: str


@dataclass(frozen=True, kw_only=True)
class UpdateLine:
    """An update of the quarter, in every language it was said in; its own one first."""

    published_on: date
    by: str
    is_unsigned: bool
    versions: tuple[VersionLine, ...]


@dataclass(frozen=True, kw_only=True)
class PictureLine:
    """A public picture of the quarter and what it shows, in words."""

    id: int
    project_id: int
    file: str
    words: str


@dataclass(frozen=True, kw_only=True)
class ReasonLine:
    """A forecast that moved, and why."""

    reason: ForecastReason
    explanation: str
    old_on: date
    new_on: date
    changed_on: date


@dataclass(frozen=True, kw_only=True)
class PauseLine:
    """The pause a project rests in: since when, why, and when it is expected to go on."""

    begun_on: date
    restart_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class MilestoneLine:
    """A milestone: promised, expected when the quarter began, expected now or done; why it is late; who verified it."""

    id: int
    title: str
    lead: str | None
    baseline_on: date
    before_on: date
    forecast_on: date
    actual_on: date | None
    stage: MilestoneStage
    timing: Timing
    days_late: int
    is_critical: bool
    is_explained: bool
    reason: ReasonLine | None
    setback: str | None
    verified_by: str | None
    verified_side: Side | None


@dataclass(frozen=True, kw_only=True)
class ProjectLine:
    """A project: how it stands and why, and where it is told in full, what happened in the quarter."""

    id: int
    code: str
    title: str
    lead: str | None
    stage: ProjectStage
    status: Status
    causes: tuple[CauseLine, ...]
    pause: PauseLine | None
    is_quiet: bool
    is_told: bool
    promised_on: date | None
    finish_on: date | None
    allocated_cents: int
    committed_cents: int
    spent_cents: int
    updates: tuple[UpdateLine, ...]
    pictures: tuple[PictureLine, ...]
    milestones: tuple[MilestoneLine, ...]


@dataclass(frozen=True, kw_only=True)
class ActionLine:
    """A corrective action of the plan that holds."""

    step: str
    owner: str
    due_on: date
    stage: ActionStage
    is_overdue: bool


@dataclass(frozen=True, kw_only=True)
class SetbackLine:
    """A setback: what went wrong, why, what it does to time, money and people, and what is done about it.

    `title` is None where a rule opened it; `milestone` then names what was late.
    """

    code: str
    title: str | None
    milestone: str | None
    source: Source
    rule: int | None
    project_code: str | None
    stage: SetbackStage
    severity: Severity | None
    found_on: date
    due_on: date
    days_over: int
    description: str | None
    effect: str | None
    effect_days: int | None
    effect_cents: int | None
    cause: str | None
    accepted_because: str | None
    resolved_on: date | None
    actions: tuple[ActionLine, ...]


def projects(cards: Sequence[ProjectCard], period: Period, on: date) -> list[ProjectLine]:
    """These projects, in their order, as they stand on a day."""
    ids = [card.id for card in cards]
    rows = promises.milestones_by_project(ids, on)
    known = {row.milestone_id: row.code for row in setbacks.setbacks(*ids) if row.milestone_id is not None}
    return [_project(card, rows.get(card.id, []), known, period, on) for card in cards]


def told_setbacks(task_force_id: int, project_ids: Collection[int], period: Period, on: date) -> list[SetbackLine]:
    """The setbacks that are open, and those found, resolved or accepted in the quarter; those past their day first."""
    found = setbacks.setbacks(*project_ids) + setbacks.of_task_force(task_force_id)
    told = [row for row in found if row.stage in OPEN or row.overdue(on) or _happened(row, period)]
    return [_setback(row, on) for row in sorted(told, key=lambda row: (-row.days_over(on), row.due_on, row.id))]


def _happened(row: SetbackRow, period: Period) -> bool:
    return any(is_within(period, day) for day in (row.found_on, row.resolved_on, row.accepted_on))


def _project(
    card: ProjectCard, rows: Sequence[MilestoneRow], known: Mapping[int, str], period: Period, on: date
) -> ProjectLine:
    said = [row for row in updates.of_project(card.id) if is_within(period, day_in(card.time_zone, row.published_at))]
    has_ended = card.stage in ENDED
    is_told = not has_ended or bool(said) or is_within(period, card.finish_on)
    shown = [each for row in said for each in row.pictures if each.taken_down_at is None][:MOST_PICTURES]
    return ProjectLine(
        id=card.id,
        code=card.code,
        title=card.title,
        lead=card.lead,
        stage=card.stage,
        status=card.verdict.status,
        causes=tuple(CauseLine(cause=cause, number=number) for cause, number in card.verdict.causes),
        pause=_pause(card) if card.stage is ProjectStage.PAUSED else None,
        is_quiet=card.verdict.quiet,
        is_told=is_told,
        promised_on=card.promised_on,
        finish_on=card.finish_on,
        allocated_cents=card.allocated_cents,
        committed_cents=card.committed_cents,
        spent_cents=card.spent_cents,
        updates=tuple(_update(row) for row in said),
        pictures=tuple(
            PictureLine(id=each.id, project_id=card.id, file=f"picture-{each.id}.jpg", words=each.words)
            for each in shown
        ),
        milestones=tuple(_milestones(card, rows, known, period, on)) if is_told else (),
    )


def _pause(card: ProjectCard) -> PauseLine | None:
    found = next((row for row in pausing.pauses(card.id) if row.ended_at is None), None)
    if found is None:
        return None
    begun_on = day_in(card.time_zone, found.begun_at)
    return PauseLine(begun_on=begun_on, restart_on=found.restart_on, reason=found.reason)


def _update(row: UpdateRow) -> UpdateLine:
    first = {"what_changed": row.what_changed, "why": row.why, "what_next": row.what_next}
    others = [
        VersionLine(language=each.language, what_changed=each.what_changed, why=each.why, what_next=each.what_next)
        for each in row.versions.values()
    ]
    return UpdateLine(
        published_on=day_in(row.time_zone, row.published_at),
        by=row.by,
        is_unsigned=row.is_unsigned,
        versions=(VersionLine(language=row.languages[0], **first), *sorted(others, key=lambda each: each.language)),
    )


def _milestones(
    card: ProjectCard, rows: Sequence[MilestoneRow], known: Mapping[int, str], period: Period, on: date
) -> list[MilestoneLine]:
    moved: dict[int, list[ChangeRow]] = {}
    for change in promises.forecast_changes(card.id):
        moved.setdefault(change.milestone_id, []).append(change)
    claimed = claims.claims(card.id)
    alone = not any(row.is_critical for row in rows)  # without a chain each of them decides
    return [
        _milestone(row, moved.get(row.id, []), claimed.get(row.id, []), known.get(row.id), alone, card, period, on)
        for row in rows
    ]


def _milestone(
    row: MilestoneRow,
    moved: Sequence[ChangeRow],
    claimed: Sequence[ClaimRow],
    setback: str | None,
    alone: bool,
    card: ProjectCard,
    period: Period,
    on: date,
) -> MilestoneLine:
    lately = [each for each in moved if day_in(card.time_zone, each.changed_at) >= period.first_on]
    verified = next((each for each in claimed if each.finding is Finding.VERIFIED), None)
    later = next((each for each in moved if each.new_on > row.baseline_on), None)
    return MilestoneLine(
        **{name: getattr(row, name) for name in _SAME},
        before_on=lately[-1].old_on if lately else row.forecast_on,
        is_critical=row.is_critical or alone,
        is_explained=is_explained(
            row.timing,
            forecast_on=row.forecast_on,
            today=on,
            has_reason=later is not None,
            has_setback=setback is not None,
        ),
        reason=_reason(later, card.time_zone) if row.days_late and later else None,
        setback=setback,
        verified_by=verified.answered_by if verified else None,
        verified_side=verified.answered_side if verified else None,
    )


_SAME = "id title lead baseline_on forecast_on actual_on stage timing days_late".split()


def _reason(change: ChangeRow, zone: str) -> ReasonLine:
    return ReasonLine(
        reason=change.reason,
        explanation=change.explanation,
        old_on=change.old_on,
        new_on=change.new_on,
        changed_on=day_in(zone, change.changed_at),
    )


_OF_A_SETBACK = (
    "code source rule project_code stage severity found_on due_on description effect effect_days effect_cents cause"
    " accepted_because resolved_on"
).split()


def _setback(row: SetbackRow, on: date) -> SetbackLine:
    facts: Mapping[str, Any] = row.facts
    own = row.title != setback_words.title(None, row.source, row.rule, facts)
    return SetbackLine(
        **{name: getattr(row, name) for name in _OF_A_SETBACK},
        title=row.title if own else None,
        milestone=facts.get("milestone"),
        days_over=row.days_over(on),
        actions=tuple(
            ActionLine(
                step=each.step, owner=each.owner, due_on=each.due_on, stage=each.stage, is_overdue=each.overdue(on)
            )
            for each in row.current
        ),
    )

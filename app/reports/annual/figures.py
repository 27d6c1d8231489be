"""The figures of an annual budget report, read once for the whole neighborhood and written down plainly."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from flask_babel import gettext as _

from app.core.clock import today
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.core.moments import day_in
from app.cycles import queries as cycles
from app.cycles.queries import CycleFacts
from app.cycles.rules import Stage
from app.places.models import Neighborhood
from app.reports.annual import queries
from app.reports.annual.forewords import queries as forewords
from app.reports.annual.measures.figures import Money, measures
from app.reports.annual.participation import figures as participation
from app.reports.annual.rules import SHIFTED, needs_text, shifts
from app.reports.annual.watched.figures import watched
from app.reports.delivery.rules import on_time
from app.reports.reconciliation.figures import certificate
from app.reports.rules import Line, Period, period_before
from app.taskforces.projects import queries as projects
from app.taskforces.projects.baselines import queries as baselines
from app.taskforces.projects.promises import queries as promises
from app.taskforces.projects.promises.queries import MilestoneRow
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.projects.rules import FINISHED, ProjectStage, days_late
from app.taskforces.setbacks import queries as setbacks
from app.taskforces.setbacks.queries import RegisterFilter, SetbackRow
from app.taskforces.signing import queries as signing
from app.taskforces.signing.queries import AgreementRow
from app.taskforces.spending import queries as ledger
from app.taskforces.spending.models import LedgerEntry
from app.taskforces.spending.queries import EntryRow
from app.taskforces.spending.reconciliation.rules import AFTER_THE_VOTE, Moved, Sums, summed
from app.taskforces.spending.rules import EntryKind

Facts = dict[str, Any]


def figures(line: Line) -> Facts:
    """Everything the annual report of a neighborhood and a year prints; refused where no money was there yet."""
    assert line.period is not None  # the engine asks for a year
    place, year = _place(line.subject_id), line.period.first_on.year
    moved = queries.moved(place.id, line.period)
    if not moved:
        raise DomainError("no_money", _("There was no money in the ledgers of this neighborhood by then."))
    funding = _cycles(place.id, {each.cycle_id for each in moved})
    cards = _cards(place.id, moved)
    milestones = _milestones(cards, place.time_zone)
    return {
        "currency": place.currency,
        "year": year,
        "last_on": line.period.last_on,
        "before": sums_of(each for each in moved if not each.is_within),
        "within": sums_of(each for each in moved if each.is_within),
        "after": sums_of(moved),
        "shifts_cents": shifts(moved),
        "cycles": [_cycle(cycle, moved, line.period) for cycle in funding],
        "projects": project_rows(cards, moved),
        "on_time": _on_time(milestones, line.period),
        "moves": moves(place.id, line.period),
        "promises": [_promise(each) for each in queries.promises(place.id, line.period.last_on)],
        "running": _running(cards),
        "closed": _closed(cards, line.period),
        "setbacks": setback_rows(place.slug, line.period),
        "foreword": _foreword(place.id, year),
        "measures": _measures(place, funding, milestones, moved, line),
        "indicators": watched(place.id, line.period),
        "asked": queries.asked(place.id, line.period),
        "certificates": [certificate(each, line.period.first_on, line.period.last_on) for each in funding],
    }


def sums_of(moved: Any) -> Facts:
    """Some entries added up, with what follows from it."""
    sums = summed(moved)
    return {**vars(sums), "left_cents": sums.left_cents, "free_cents": sums.free_cents, "fits": sums.fits}


def project_rows(cards: Sequence[ProjectCard], moved: Sequence[Moved]) -> list[Facts]:
    """The rows of the master table: money at the end of the period, the rest as it stands now."""
    ids = [card.id for card in cards]
    said, why = queries.costs_said(ids), queries.days_moved(ids)
    entries: dict[int, list[Moved]] = {}
    for each in moved:
        if each.project_id is not None:
            entries.setdefault(each.project_id, []).append(each)
    return [_project(card, entries[card.id], said.get(card.id), why.get(card.id)) for card in cards]


def moves(neighborhood_id: int, period: Period) -> list[Facts]:
    """Every entry of a period that changed what a project has after the vote, with who signed it."""
    here = LedgerEntry.cycle_id.in_([each.id for each in cycles.of_neighborhoods([neighborhood_id])])
    within = LedgerEntry.on.between(period.first_on, period.last_on)
    rows = ledger.rows(here, LedgerEntry.kind.in_(AFTER_THE_VOTE), within)
    agreed = {row.id: row for row in signing.of_ids({each.agreement_id for each in rows if each.agreement_id})}
    return _paired(rows, agreed)


def _place(neighborhood_id: int) -> Neighborhood:
    found = db.session.get(Neighborhood, neighborhood_id)
    if found is None:
        raise NotFound
    return found


def _cycles(neighborhood_id: int, with_money: set[int]) -> list[CycleFacts]:
    found = cycles.of_neighborhoods([neighborhood_id])
    return [each for each in reversed(found) if each.id in with_money and each.stage is not Stage.DRAFT]


def _cards(neighborhood_id: int, moved: Sequence[Moved]) -> list[ProjectCard]:
    with_money = {each.project_id for each in moved}
    found = projects.everything(Neighborhood.id == neighborhood_id)
    return sorted((card for card in found if card.id in with_money), key=lambda card: card.code)


def _cycle(cycle: CycleFacts, moved: Sequence[Moved], period: Period) -> Facts:
    mine, terms = [each for each in moved if each.cycle_id == cycle.id], ledger.terms_of(cycle.id)
    return {
        "name": cycle.name,
        "year": cycle.year,
        "sums": sums_of(mine),
        "count_rule": cycle.count_rule,
        "leftover_rule": cycle.leftover_rule,
        "max_ranks": cycle.max_ranks,
        "alone_cents": terms.alone_cents,
        "council_percent": terms.council_percent,
        "rule_card_hash": cycle.rule_card_hash,
        "phases": participation.phases(cycle, period),
        "took_part": participation.took_part(cycle, period),
    }


def _project(
    card: ProjectCard,
    entries: Sequence[Moved],
    said: queries.CostSaid | None,
    why: queries.DayMoved | None,
) -> Facts:
    sums: Sums = summed(entries)
    is_over = card.stage in FINISHED or card.stage is ProjectStage.CANCELLED
    expected = card.spent_cents if is_over else said.expected_cents if said else sums.allocated_cents
    variance = expected - sums.allocated_cents
    return {
        "code": card.code,
        "title": card.title,
        "cycle": card.cycle_name,
        "cycle_year": card.year,
        "category": card.category,
        "area": card.area,
        "task_force": card.task_force,
        "given_cents": sums.given_cents,
        "moved_cents": sums.moved_cents,
        "allocated_cents": sums.allocated_cents,
        "committed_cents": sums.committed_cents,
        "spent_cents": sums.spent_cents,
        "spent_within_cents": summed(each for each in entries if each.is_within).spent_cents,
        "left_cents": sums.left_cents,
        "fits": sums.fits,
        "expected_cents": expected,
        "is_final": is_over,
        "variance_cents": variance,
        "variance_text": said.explanation if said else None,
        "needs_text": needs_text(variance, sums.allocated_cents),
        "stage": card.stage,
        "status": card.verdict.status,
        "promised_on": card.promised_on,
        "finish_on": card.finish_on,
        "days_late": _days_late(card),
        "reason": why.reason if why else None,
        "reason_text": why.explanation if why else None,
    }


def _days_late(card: ProjectCard) -> int:
    return days_late(card.standing, today(card.time_zone)) if card.promised_on and card.finish_on else 0


def _milestones(cards: Sequence[ProjectCard], zone: str) -> list[MilestoneRow]:
    found = promises.milestones_by_project([card.id for card in cards], today(zone))
    return [each for rows in found.values() for each in rows]


def _foreword(neighborhood_id: int, year: int) -> Facts | None:
    """The words that both sides agree to, with whoever agreed for each."""
    found = forewords.of_year(neighborhood_id, year).standing
    if found is None:
        return None
    return {"text": found.text, "by": [{"side": side, "name": name} for side, name in found.agreed.items()]}


def _measures(
    place: Neighborhood,
    funding: Sequence[CycleFacts],
    milestones: Sequence[MilestoneRow],
    moved: Sequence[Moved],
    line: Line,
) -> list[Facts]:
    """The fifteen measures of the year and of the one before."""
    assert line.period is not None
    before = period_before(line.kind, line.period)
    times = [(line.period, moved), (before, queries.moved(place.id, before))]
    return measures(place, funding, milestones, [(period, _money(each)) for period, each in times])


def _money(moved: Sequence[Moved]) -> Money:
    within = summed(each for each in moved if each.is_within)
    funded = {each.project_id for each in moved if each.kind is EntryKind.ALLOCATE and each.project_id is not None}
    return Money(given_cents=within.given_cents, outside_cents=within.external_cents, project_ids=frozenset(funded))


def _on_time(milestones: Sequence[MilestoneRow], period: Period) -> Facts:
    kept = on_time(milestones, period)
    return {**vars(kept), "percent": kept.percent}


def _paired(rows: Sequence[EntryRow], agreed: Mapping[int, AgreementRow]) -> list[Facts]:
    """One row for each move: a reallocation's two entries, which stand beside each other, are one."""
    found: list[Facts] = []
    for row, after in zip_longest(rows, rows[1:]):
        if row.kind is EntryKind.REALLOCATE_IN:
            continue
        taker = after if row.kind is EntryKind.REALLOCATE_OUT and after and after.kind in SHIFTED else None
        found.append(_move(row, taker.project if taker else None, agreed.get(row.agreement_id or 0)))
    return found


def _move(row: EntryRow, taker: str | None, agreed: AgreementRow | None) -> Facts:
    takes = row.kind in (EntryKind.REALLOCATE_OUT, EntryKind.RETURN_TO_POT)
    return {
        "moved_on": row.on,
        "kind": row.kind,
        "giver": row.project if takes else row.counterparty,
        "taker": taker if takes else row.project,
        "amount_cents": abs(row.amount_cents),
        "why": row.purpose,
        "signed_by": [each.name for each in agreed.signed] if agreed else [],
        "council": agreed.payload.get("council") if agreed else None,
    }


def _promise(each: queries.Promise) -> Facts:
    return {**vars(each), "left_cents": each.left_cents}


def _running(cards: Sequence[ProjectCard]) -> list[Facts]:
    found = queries.running_costs([card.proposal_id for card in cards])
    return [
        {"code": card.code, "title": card.title, **vars(found[card.proposal_id])}
        for card in cards
        if card.proposal_id in found and card.stage is not ProjectStage.CANCELLED
    ]


def _closed(cards: Sequence[ProjectCard], period: Period) -> list[Facts]:
    over = [card for card in cards if card.stage in FINISHED or card.stage is ProjectStage.CANCELLED]
    when = queries.ended([card.id for card in over])
    rows = []
    for card in over:
        at, why = when.get(card.id, (None, None))
        ended_on = day_in(card.time_zone, at) if at else None
        if ended_on and period.first_on <= ended_on <= period.last_on:
            changed = baselines.latest(card.id)[1]
            rows.append(
                {
                    "code": card.code,
                    "title": card.title,
                    "stage": card.stage,
                    "ended_on": ended_on,
                    "why": why,
                    "given_cents": card.given_cents,
                    "spent_cents": card.spent_cents,
                    "promised": card.scope,
                    "changed": changed,
                    "promised_on": card.promised_on,
                    "finish_on": card.finish_on,
                }
            )
    return rows


def setback_rows(slug: str, period: Period) -> list[Facts]:
    """The setbacks of a neighborhood that were open at some time of a period: those past their day first."""
    rows = [
        row
        for row in setbacks.register(RegisterFilter(neighborhood=slug))
        if row.found_on <= period.last_on and (row.resolved_on is None or row.resolved_on >= period.first_on)
    ]
    own = queries.setback_titles([row.id for row in rows])
    return [_setback(row, own[row.id]) for row in rows]


def _setback(row: SetbackRow, title: str | None) -> Facts:
    return {
        "code": row.code,
        "title": title,
        "rule": row.rule,
        "milestone": row.facts.get("milestone"),
        "project": row.project_title,
        "task_force": row.task_force,
        "severity": row.severity,
        "stage": row.stage,
        "source": row.source,
        "found_on": row.found_on,
        "resolved_on": row.resolved_on,
        "due_on": row.due_on,
        "effect": row.effect,
        "effect_days": row.effect_days,
        "effect_cents": row.effect_cents,
        "is_overdue": row.overdue(today(row.time_zone)),
    }

"""The figures of a completion report, read once through the rooms of the project."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from app.core.errors import DomainError
from app.core.moments import day_in
from app.reports.rules import Line
from app.reports.works import figures as works
from app.reports.works.figures import Plain, Work
from app.taskforces import queries as bodies
from app.taskforces.projects.claims.queries import ClaimRow
from app.taskforces.projects.claims.rules import Finding
from app.taskforces.projects.closing.queries import CompletionRow
from app.taskforces.projects.closing.rules import CheckKind
from app.taskforces.projects.confirming import queries as confirming
from app.taskforces.projects.rules import FINISHED, ProjectStage
from app.taskforces.seats import queries as seats
from app.taskforces.setbacks import queries as setbacks
from app.taskforces.setbacks.queries import SetbackRow
from app.taskforces.signing import queries as signing
from app.taskforces.spending import queries as ledger
from app.taskforces.spending.models import LedgerEntry
from app.taskforces.spending.rules import EFFECTS

READY = FINISHED | {ProjectStage.HANDOVER}
"""From handover on: a preview is read before both sides sign, and the report is published once they have."""


def figures(line: Line) -> dict[str, Any]:
    """Everything the report prints; refused before the project is handed over."""
    of = works.work(line.subject_id)
    if of.card.stage not in READY:
        raise DomainError("not_handed_over", _("The completion report is made once the project is handed over."))
    return {
        "project": works.facts(of),
        "money": works.money(of),
        "vote": works.vote(of),
        "milestones": works.milestones(of),
        "dropped": _dropped(of),
        "changes": _changes(of),
        "promises": _promises(of),
        "verified": _verified(of),
        "moved": _moved(of),
        "commitments": _commitments(of),
        "running_cost_cents": of.option.running_cost_cents if of.option else None,
        "setbacks": [_setback(row) for row in setbacks.setbacks(of.card.id)],
        "completion": _completion(of),
        "asked": _asked(of),
        "seated": _seated(of),
        "pictures": works.shown(of),
    }


def _dropped(of: Work) -> list[Plain]:
    """Milestones that a new promise has left out."""
    return [
        {"title": line.title, "promised_on": line.promised_on, "reason": row.reason}
        for row in reversed(of.whole.baselines)
        for line in row.milestones
        if line.dropped and row.reason
    ]


def _changes(of: Work) -> list[Plain]:
    """Every day that moved, in the order it did."""
    return [
        {
            "title": row.title,
            "old_on": row.old_on,
            "new_on": row.new_on,
            "reason": row.reason,
            "explanation": row.explanation,
        }
        for row in reversed(of.whole.changes)
    ]


def _promises(of: Work) -> list[Plain]:
    """What both sides have signed, the first promise first."""
    return [
        {
            "number": row.number,
            "agreed_on": day_in(of.card.time_zone, row.agreed_at),
            "reason": row.reason,
            "finish_on": max(row.days.values(), default=None),
            "allocated_cents": row.allocated_cents,
            "scope": row.scope,
        }
        for row in reversed(of.whole.baselines)
    ]


def _verified(of: Work) -> list[Plain]:
    """For each milestone: who said that it is done and by what evidence, and who of the other side has looked."""
    found = []
    for row in of.whole.milestones:
        claim = next((c for c in of.whole.claims.get(row.id, ()) if c.finding is Finding.VERIFIED), None)
        found.append({"title": row.title, "done_means": row.done_means, **_claim(of, claim, row.evidence)})
    return found


def _claim(of: Work, claim: ClaimRow | None, evidence: str | None) -> Plain:
    if claim is None:
        return {"evidence": evidence, "side": None, "by": None, "other_by": None, "looked_on": None, "files": []}
    return {
        "evidence": claim.evidence,
        "side": claim.side,
        "by": claim.by,
        "other_by": claim.answered_by,
        "looked_on": day_in(of.card.time_zone, claim.answered_at) if claim.answered_at else None,
        "files": [{"kind": each.kind, "words": each.words} for each in claim.files],
    }


def _moved(of: Work) -> list[Plain]:
    """How what it was given came to be what it has, by kind of entry; the sums add up to what it has now."""
    sums: dict[str, int] = {}
    for entry in ledger.rows(LedgerEntry.project_id == of.card.id):
        effect = EFFECTS[entry.kind].allocated * entry.amount_cents
        if effect:
            sums[entry.kind.value] = sums.get(entry.kind.value, 0) + effect
    return [{"kind": kind, "cents": cents} for kind, cents in sums.items()]


def _commitments(of: Work) -> list[Plain]:
    return [
        {
            "code": row.code,
            "counterparty": row.counterparty,
            "purpose": row.purpose,
            "amount_cents": row.amount_cents,
            "spent_cents": row.spent_cents,
            "is_closed": row.closed_on is not None,
        }
        for row in of.money.commitments
    ]


def _setback(row: SetbackRow) -> Plain:
    return {
        "code": row.code,
        "title": row.title,
        "found_on": row.found_on,
        "stage": row.stage,
        "cause": row.cause,
        "effect": row.effect,
        "resolved_on": row.resolved_on,
        "measured": row.check.measured if row.check else None,
    }


def _completion(of: Work) -> Plain:
    """What both sides signed at completion, what is left, and what was found when it was looked at again."""
    done = of.whole.completion
    if done is None:
        return _signed(of)
    signed_at = signing.agreement(done.agreement_id).ended_at if done.agreement_id else None
    return {
        "agreement_id": done.agreement_id,
        "signed_on": day_in(of.card.time_zone, signed_at) if signed_at else None,
        "completed_on": day_in(of.card.time_zone, done.completed_at),
        "snags": [
            {"what": each.what, "due_on": each.due_on, "fixed_on": each.fixed_on, "fixed_how": each.fixed_how}
            for each in done.snags
        ],
        "checks": [_check(done, kind) for kind in CheckKind],
    }


def _signed(of: Work) -> Plain:
    """What both sides have signed already, where the project waits for this report."""
    told: Plain = {"agreement_id": None, "signed_on": None, "completed_on": None, "snags": [], "checks": []}
    signed = of.whole.signed
    if signed is None:
        return told
    left = [{"what": what, "due_on": due_on, "fixed_on": None, "fixed_how": None} for what, due_on in signed.snags]
    on = day_in(of.card.time_zone, signed.signed_at)
    return told | {"agreement_id": signed.agreement_id, "signed_on": on, "snags": left}


def _asked(of: Work) -> Plain | None:
    """When residents are asked whether it works, and what they said once everybody may read it."""
    found = confirming.asked(of.card.id, of.on)
    if found is None:
        return None
    days = found.days
    return {"first_on": days.opens_on, "last_on": days.last_on, "told_on": days.told_on, "shown": found.shown}


def _check(done: CompletionRow, kind: CheckKind) -> Plain:
    found = done.checks.get(kind)
    return {
        "kind": kind,
        "due_on": done.due[kind],
        "works": found.works if found else None,
        "found": found.found if found else None,
        "checked_on": found.checked_on if found else None,
    }


def _seated(of: Work) -> Sequence[str]:
    """Everybody who sits in the task force, by the name the public reads."""
    if of.card.task_force_id is None:
        return ()
    body = bodies.task_force_of(of.card.task_force_id)
    held = seats.seats(body.id, constituted_on=body.constituted_on, on=of.on).held
    return sorted({seat.name for seat in held})

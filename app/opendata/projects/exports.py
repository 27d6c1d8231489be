"""Projects as the standard has them, some at a time, one in a line."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from app.core.addresses import whole
from app.core.moments import day_in
from app.opendata.projects.figures import breakdown, forecasts, metrics, modifications
from app.opendata.projects.queries import planned
from app.opendata.projects.rules import MILESTONES, STATUSES, VERSION, day, prefixed
from app.opendata.rules import known, moment, number, project_id
from app.proposals.spots import queries as spots
from app.proposals.spots.rules import Spot
from app.reports import queries as editions
from app.reports.queries import EditionRow
from app.reports.rules import ReportKind
from app.taskforces.projects import queries as projects
from app.taskforces.projects.promises.queries import MilestoneRow
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.projects.rules import FINISHED, ProjectStage
from app.taskforces.spending import queries as ledger
from app.taskforces.spending.commitments import queries as commitments
from app.taskforces.spending.commitments.queries import CommitmentRow
from app.taskforces.spending.models import LedgerEntry
from app.taskforces.spending.queries import EntryRow
from app.taskforces.spending.rules import EFFECTS

AT_ONCE = 100
PARTY = "organization-{}"
BEGAN = "2026-01-01T00:00:00Z"
"""What a package without a project says of when it changed."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """Everything about a project that is published."""

    card: ProjectCard
    spot: Spot | None
    milestones: Sequence[MilestoneRow]
    commitments: Sequence[CommitmentRow]
    entries: Sequence[EntryRow]
    reports: Sequence[EditionRow]

    @property
    def organizations(self) -> list[str]:
        """Who is named in it, the lead first; their place in this list is their id."""
        named = [self.card.lead or "", *(each.counterparty for each in self.commitments)]
        return list(dict.fromkeys(name for name in named if name))

    def value(self, cents: int) -> dict[str, Any]:
        """An amount in the currency of its neighborhood."""
        return {"amount": number(cents), "currency": self.card.currency}


def oc4ids_json(*, prefix: str, license_url: str) -> Iterator[str]:
    """A project package, one project in a line, read some hundred at a time."""
    found = projects.everything()
    head = {
        "uri": whole(url_for("opendata.oc4ids")),
        "publishedDate": moment(_newest(found)) or BEGAN,
        "version": VERSION,
        "publisher": {"name": whole("/")},
        "license": license_url,
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "projects": ['
    for start in range(0, len(found), AT_ONCE):
        for place, told in enumerate(_told(found[start : start + AT_ONCE]), start):
            line = json.dumps(_project(told, prefix), ensure_ascii=False, separators=(",", ":"))
            yield (",\n" if place else "\n") + line
    yield "\n]}\n"


def _newest(found: Sequence[ProjectCard]) -> datetime | None:
    return max((card.last_update_at or card.opened_at for card in found), default=None)


def _told(cards: Sequence[ProjectCard]) -> Iterator[Told]:
    """Some projects with what belongs to them, in six statements and two more for each time zone."""
    ids = [card.id for card in cards]
    marked = spots.points([card.proposal_id for card in cards])
    promised = commitments.of_projects(ids)
    milestones = planned(cards)
    entered: dict[int | None, list[EntryRow]] = {}
    for entry in ledger.rows(LedgerEntry.project_id.in_(ids)):
        entered.setdefault(entry.project_id, []).append(entry)
    printed: dict[int | None, list[EditionRow]] = {}
    for edition in editions.of_projects(ids, tuple(REPORTS)):
        printed.setdefault(edition.line.subject_id, []).append(edition)
    for card in cards:
        yield Told(
            card=card,
            spot=marked.get(card.proposal_id),
            milestones=milestones.get(card.id, ()),
            commitments=promised.get(card.id, ()),
            entries=entered.get(card.id, ()),
            reports=printed.get(card.id, ()),
        )


def _project(told: Told, prefix: str) -> dict[str, Any]:
    """One project. `type` is a closed list of kinds of building, which not every project for safety is: left out."""
    card = told.card
    facts = {
        "id": prefixed(prefix, project_id(card.neighborhood_slug, card.cycle_id, card.code)),
        "updated": moment(card.last_update_at or card.opened_at),
        "title": card.title,
        "description": card.scope or None,
        "status": STATUSES[card.stage],
        "period": known(
            {
                "startDate": day(day_in(card.time_zone, card.opened_at)),
                "endDate": day(card.finish_on) if card.finish_on and card.stage is not ProjectStage.CANCELLED else None,
            }
        ),
        "additionalClassifications": [{"scheme": "x_safety", "id": card.category, "description": card.category}],
        "locations": _locations(told),
        "budget": {
            "amount": told.value(card.allocated_cents),
            "approvalDate": moment(card.opened_at),
            "budgetBreakdown": breakdown(told.entries, told.value),
        },
        "parties": [_party(told, place, name) for place, name in enumerate(told.organizations, 1)],
        "documents": [_page(card), *(_report(each) for each in told.reports)],
        "contractingProcesses": _contracts(told, prefix),
        "milestones": [_milestone(each) for each in told.milestones],
        "forecasts": forecasts(told.milestones),
        "metrics": metrics(told.milestones, told.entries, told.value),
        "completion": _completion(told),
    }
    return known(facts)


def _locations(told: Told) -> list[dict[str, Any]]:
    """Where it is, with degrees only where everybody may see the spot; longitude first, as GeoJSON has it."""
    card, spot = told.card, told.spot
    point = {"type": "Point", "coordinates": [spot.longitude, spot.latitude]} if spot else None
    where = f"{card.area}, {card.neighborhood}" if card.area else card.neighborhood
    return [known({"id": "1", "description": where, "geometry": point})]


def _party(told: Told, place: int, name: str) -> dict[str, Any]:
    """An organization and its parts in the project: who leads, who was promised money, who was paid."""
    mine = [each for each in told.commitments if each.counterparty == name]
    parts = {
        "administrativeEntity": name == told.card.lead,
        "supplier": bool(mine),
        "payee": any(each.spent_cents for each in mine),
    }
    return {"id": PARTY.format(place), "name": name, "roles": [part for part, has in parts.items() if has]}


def _page(card: ProjectCard) -> dict[str, Any]:
    return {
        "id": "page",
        "documentType": "projectScope",
        "title": card.title,
        "url": whole(url_for("projects.show", project_id=card.id)),
        "format": "text/html",
    }


REPORTS = {ReportKind.ONE_PAGER: "physicalProgressReport", ReportKind.COMPLETION: "projectEvaluation"}
"""The kinds of reports about one project, and what the standard calls them."""


def _report(edition: EditionRow) -> dict[str, Any]:
    """An edition that stands, by its page."""
    facts = {
        "id": edition.code,
        "documentType": REPORTS[edition.kind],
        "title": edition.title,
        "url": whole(url_for("reports.show", edition_id=edition.id)),
        "datePublished": moment(edition.published_at),
        "format": "text/html",
    }
    return known(facts)


def _contracts(told: Told, prefix: str) -> list[dict[str, Any]]:
    """Each promise, the first one on a published contract by that contract's id, so that no id is there twice."""
    first = {each.ocid: each.id for each in reversed(told.commitments) if each.ocid}.values()
    return [_contract(told, each, prefix, is_first=each.id in first) for each in told.commitments]


def _contract(told: Told, each: CommitmentRow, prefix: str, *, is_first: bool) -> dict[str, Any]:
    name = prefixed(prefix, project_id(told.card.neighborhood_slug, told.card.cycle_id, each.code))
    supplier = {"id": PARTY.format(told.organizations.index(each.counterparty) + 1), "name": each.counterparty}
    mine = [entry for entry in told.entries if entry.commitment_id == each.id]
    promised = [entry for entry in mine if EFFECTS[entry.kind].committed]
    summary = {
        "ocid": each.ocid,
        "externalReference": each.code,
        "title": each.purpose,
        "status": "closed" if each.closed_on else "active",
        "suppliers": [supplier],
        "contractValue": told.value(promised[0].amount_cents if promised else each.amount_cents),
        "contractPeriod": {"startDate": day(each.made_on)},
        "finalValue": told.value(each.spent_cents) if each.closed_on else None,
        "documents": _published(each),
        "modifications": modifications(promised, told.value),
        "transactions": [_transaction(told, entry, supplier) for entry in mine if EFFECTS[entry.kind].spent],
    }
    return {"id": each.ocid if is_first else name, "summary": known(summary)}


def _published(each: CommitmentRow) -> list[dict[str, Any]]:
    """Where the council's own publication of the contract is read."""
    if each.contract_url is None:
        return []
    return [{"id": "published", "title": "The contract as the council publishes it", "url": each.contract_url}]


def _transaction(told: Told, entry: EntryRow, supplier: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": str(entry.number),
        "source": whole(url_for("ledger.download", cycle_id=told.card.cycle_id, name="ledger.json")),
        "date": day(entry.on),
        "value": told.value(entry.amount_cents),
        "payee": supplier,
    }


def _milestone(each: MilestoneRow) -> dict[str, Any]:
    status = MILESTONES[each.timing]
    return known(
        {
            "id": str(each.position),
            "title": each.title,
            "type": "delivery",
            "description": each.done_means or None,
            "dueDate": day(each.baseline_on),
            "dateMet": day(each.actual_on) if each.actual_on and status == "met" else None,
            "status": status,
        }
    )


def _completion(told: Told) -> dict[str, Any] | None:
    card = told.card
    if card.stage not in FINISHED:
        return None
    return known(
        {
            "endDate": day(card.finish_on) if card.finish_on else None,
            "finalValue": told.value(card.spent_cents),
            "finalScope": card.scope or None,
        }
    )

"""Saying under which id the council has published the contract behind a commitment: a clerk's word, on record."""

from dataclasses import dataclass

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError
from app.core.events import publish
from app.core.once import once
from app.taskforces.spending.asking.services import commitment_of, entering, held_commitment
from app.taskforces.spending.contracts import queries, words
from app.taskforces.spending.contracts.events import ContractLinked
from app.taskforces.spending.contracts.models import PublishedContract
from app.taskforces.spending.contracts.rules import WhyNot, why_not_link


@dataclass(frozen=True, kw_only=True)
class LinkContract:
    """The OCID of the published contract, and where it can be read; no OCID takes back what was said before."""

    ocid: str | None
    url: str | None


def link(commitment_id: int, command: LinkContract, *, key: str, by: Actor) -> int:
    """Say which published contract stands behind a commitment, or that none does; returns the id of the row."""

    def act() -> int:
        project = entering(commitment_of(None, commitment_id).project_id, by)
        held_commitment(commitment_id)
        before = next(iter(queries.said(commitment_id)), None)
        now_is = (before.ocid, before.url) if before else (None, None)
        reason = why_not_link(command.ocid, command.url, now_is=now_is)
        if reason is not None:
            at_link = reason in (WhyNot.NOT_SAFE, WhyNot.LINK_ALONE)
            raise DomainError(reason.value, str(words.WHY_NOT[reason]), field="url" if at_link else "ocid")
        row = PublishedContract(commitment_id=commitment_id, said_by_id=by.id, said_at=now(), **vars(command))
        db.session.add(row)
        db.session.flush()
        facts = {"commitment_id": commitment_id, "was": now_is[0], **vars(command)}
        publish(ContractLinked(actor_id=by.id, project_id=project.id, **facts))
        return row.id

    return once(key, act)

"""The one verb of an outlook: say it."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, transaction
from app.core.errors import DomainError, ensure_standing
from app.core.events import publish
from app.proposals.coauthors import queries as coauthors
from app.proposals.outlooks import policies, words
from app.proposals.outlooks.events import OutlookSaid
from app.proposals.outlooks.models import Outlook
from app.proposals.outlooks.rules import WhyNot, why_not
from app.proposals.services import opened


@dataclass(frozen=True, kw_only=True)
class SayOutlook:
    """First and last day of the work, as expected, and the organization that would lead it."""

    starts_on: date
    ends_on: date
    lead: str


def say(proposal_id: int, command: SayOutlook, *, by: Actor) -> Outlook:
    """Say when a proposal would be built if it is funded, and who would lead it; what was said before stays."""
    with transaction():
        proposal, cycle = opened(proposal_id, by)
        may = policies.may_say(
            by,
            author_id=proposal.author_id,
            neighborhood_id=cycle.neighborhood_id,
            co_authors=coauthors.ids_of(proposal_id),
        )
        ensure_standing(may, _("Only an officer of this neighborhood who does not write the proposal says this."))
        days = {"starts_on": command.starts_on, "ends_on": command.ends_on}
        reason = why_not(proposal.stage, cycle.stage, **days, today=today(cycle.time_zone))
        if reason is not None:
            field = {WhyNot.BACKWARDS: "ends_on", WhyNot.PAST: "starts_on"}.get(reason)
            raise DomainError(reason.value, str(words.WHY_NOT[reason]), field=field)
        row = Outlook(proposal_id=proposal.id, **days, lead=command.lead, said_by_id=by.id, said_at=now())
        db.session.add(row)
        db.session.flush()
        publish(
            OutlookSaid(
                actor_id=by.id,
                outlook_id=row.id,
                proposal_id=proposal.id,
                cycle_id=cycle.id,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                lead=row.lead,
            )
        )
    return row

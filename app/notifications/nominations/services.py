"""Telling of nominations, with the change that each mail is about."""

from app.accounts.queries import holders
from app.core.access import Role
from app.notifications.rules import MailKind
from app.notifications.services import leave_all
from app.taskforces.seats.nominations import queries as nominations
from app.taskforces.seats.nominations.events import (
    NominationClosed,
    NominationFollowed,
    NominationRefused,
    SeatNominated,
)


def tell_nominated(event: SeatNominated) -> None:
    """To the clerks of the neighborhood who may answer it: somebody was nominated for a seat."""
    where = nominations.nomination(event.nomination_id).neighborhood_id
    facts = {"nomination_id": event.nomination_id}
    clerks = [id_ for id_ in holders(Role.CLERK, where) if id_ != event.actor_id]
    leave_all(MailKind.SOMEBODY_NOMINATED, {id_: facts for id_ in clerks})


def tell_answered(event: NominationFollowed | NominationRefused | NominationClosed) -> None:
    """To whoever made it, unless they ended it themselves: the seat is offered, is not, or is no more."""
    reader = nominations.nomination(event.nomination_id).nominated_by_id
    if reader != event.actor_id:
        facts = {"nomination_id": event.nomination_id, "reader": reader}
        leave_all(MailKind.NOMINATION_ANSWERED, {reader: facts})

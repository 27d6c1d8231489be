"""Telling of nominations, with the change that each mail is about.

They are mails about a seat, like the offer that may follow, and nobody can end them: answering is somebody's duty.
"""

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
    facts = {"nomination_id": event.nomination_id, "is_answered": False}
    clerks = [id_ for id_ in holders(Role.CLERK, where) if id_ != event.actor_id]
    leave_all(MailKind.SEAT_OFFERED, {id_: facts for id_ in clerks})


def tell_answered(event: NominationFollowed | NominationRefused | NominationClosed) -> None:
    """To whoever made it, unless they ended it themselves: the seat is offered, is not, or is no more."""
    reader = nominations.nomination(event.nomination_id).nominated_by_id
    if reader != event.actor_id:
        facts = {"nomination_id": event.nomination_id, "is_answered": True, "reader": reader}
        leave_all(MailKind.SEAT_OFFERED, {reader: facts})

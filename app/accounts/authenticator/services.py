"""The one verb: a resident connects an authenticator app to their account."""

from flask_babel import gettext as _

from app.accounts.models import Person
from app.accounts.staff.services import connect_app, count_second_factor
from app.accounts.visits import services as visits
from app.accounts.visits.rules import is_fresh
from app.core.access import Actor
from app.core.clock import now
from app.core.db import locked, transaction
from app.core.errors import NotFound, ensure


def connect(visit: str, secret: str, code: str, *, by: Actor) -> list[str]:
    """Connect the app that shows `code` for `secret`; returns the recovery codes, which are shown this once.

    Only by whoever has just proved who they are. It counts as a second factor given in this `visit`.
    """
    ensure(is_fresh(by.confirmed_at, now()), "not_fresh", _("Before this step, confirm that it is you."))
    count_second_factor(by.id)
    with transaction():
        person = locked(Person, by.id)
        if person is None or not person.active:
            raise NotFound
        made = connect_app(person, secret, code)
        visits.confirm(visit, with_second_factor=True)
    return made

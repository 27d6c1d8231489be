"""Paper forms as they come over the desk, each filled in well unless a test says otherwise."""

from datetime import date
from typing import Any

from app.core.clock import now
from app.cycles.queries import facts
from app.proposals.desk.rules import today_in
from app.proposals.desk.services import TypeIn
from tests.proposals.said import words

CONTACT = "555 0199, ask for the caretaker"
SEND = "Send it and go on"


def paper(cycle, number="12", **more: Any) -> TypeIn:
    """A form of somebody without an account, received today."""
    given = {
        "words": words(cycle),
        "number": number,
        "received_on": today_of(cycle),
        "language": "en",
        "was_helped": False,
        "public_name": "Old Jo",
        "contact": CONTACT,
    }
    return TypeIn(**given | more)


def today_of(cycle) -> date:
    """The neighborhood's own day."""
    return today_in(facts(cycle.id), now())


def answers(cycle, **more: str) -> dict[str, str]:
    """Good answers on the desk's page, for somebody without an account."""
    typed = {
        "number": "12",
        "received_on": today_of(cycle).isoformat(),
        "has_account": "no",
        "public_name": "Old Jo",
        "contact": CONTACT,
        "need": "It is too dark to walk home from school in winter.",
        "title": "Six lamps on Mill Lane",
        "summary": "Put six warm lamps between the school and the bus stop.",
        "category_id": str(cycle.neighborhood.categories[0].id),
        "watches_people": "no",
        "place": "Mill Lane",
        "gains": "Two hundred children",
        "estimate__0__what": "Lamps",
        "estimate__0__amount": "12,000",
        "helpers": "The school",
    }
    return typed | more

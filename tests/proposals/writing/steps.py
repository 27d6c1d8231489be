"""Walking through the steps of a proposal, each filled in well unless a test says otherwise."""

from app.core.db import db, transaction
from app.proposals.models import Proposal
from tests import make

NEED = "It is too dark to walk home from school in winter."
ON = "Save and go on"


def answers(cycle):
    """Good answers, step by step."""
    return {
        "need": {"need": NEED},
        "idea": {
            "title": "Six lamps on Mill Lane",
            "summary": "Put six warm lamps between the school and the bus stop.",
            "category_id": str(cycle.neighborhood.categories[0].id),
            "watches_people": "no",
        },
        "place": {"place": "Mill Lane"},
        "gains": {"gains": "Two hundred children on their way home"},
        "costs": {"estimate-0-what": "Lamps", "estimate-0-amount": "12,000"},
        "help": {"helpers": "The school"},
    }


def begin(browser, cycle, **more):
    """The page after the first step."""
    page = browser.open(f"/proposals/submit?cycle_id={cycle.id}")
    return page.press(ON, **answers(cycle)["need"] | more)


def to(browser, cycle, last):
    """The page of the step called `last`, all before it done; `check` is the end."""
    page = browser.open(f"/proposals/submit?cycle_id={cycle.id}")
    for step, typed in answers(cycle).items():
        if step == last:
            return page
        page = page.press(ON, **typed)
    return page


def newest():
    """The draft or proposal that was made last."""
    db.session.rollback()
    return db.session.query(Proposal).order_by(Proposal.id.desc()).first()


def holding(role, where):
    """Somebody who holds that role for one neighborhood only."""
    person = make.person(roles=(role,))
    with transaction():
        for grant in person.grants:
            grant.neighborhood_id = where.id
    return person

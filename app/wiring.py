"""Event → listeners, jobs → handlers, and the list of rooms with pages: the one place to learn what an action sets off."""

from collections.abc import Mapping

from flask import Blueprint

from app.accounts import views as accounts
from app.admin import views as admin
from app.audit import services as audit
from app.core.events import Event, Wiring
from app.core.jobs import Handler
from app.cycles import views as cycles
from app.home import views as home
from app.places import views as places
from app.proposals import views as proposals
from app.proposals.review import views as review
from app.reports import views as reports
from app.taskforces import views as taskforces
from app.taskforces.projects import views as projects
from app.voting import views as voting
from app.voting.ballots import views as ballots
from app.voting.results import views as results

BLUEPRINTS: tuple[Blueprint, ...] = (
    home.bp,
    accounts.bp,
    places.bp,
    cycles.bp,
    proposals.bp,
    review.bp,
    voting.bp,
    ballots.bp,
    results.bp,
    taskforces.bp,
    projects.bp,
    reports.bp,
    admin.bp,
)

WIRING: Wiring = {
    Event: [audit.record],
}

JOBS: Mapping[str, Handler] = {}

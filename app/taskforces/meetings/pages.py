"""Every page of meetings, for `app/wiring.py`: the rooms of one package come as one."""

from flask import Blueprint

from app.taskforces.meetings import views
from app.taskforces.meetings.calendar import views as calendar
from app.taskforces.meetings.items import views as items
from app.taskforces.meetings.minutes import views as minutes
from app.taskforces.meetings.outcomes import views as outcomes
from app.taskforces.meetings.papers import views as papers
from app.taskforces.meetings.sessions import views as sessions

BLUEPRINTS: tuple[Blueprint, ...] = (
    views.bp,
    items.bp,
    papers.bp,
    sessions.bp,
    outcomes.bp,
    minutes.bp,
    calendar.bp,
)

"""The pages of a project's own rooms, together."""

from flask import Blueprint

from app.taskforces.projects.baselines import views as baselines
from app.taskforces.projects.claims import views as claims
from app.taskforces.projects.closing import views as closing
from app.taskforces.projects.partners import views as partners
from app.taskforces.projects.pausing import views as pausing
from app.taskforces.projects.promises import views as milestones
from app.taskforces.projects.sheets import views as sheets
from app.taskforces.projects.stages import views as stages

BLUEPRINTS: tuple[Blueprint, ...] = (
    stages.bp,
    milestones.bp,
    baselines.bp,
    claims.bp,
    pausing.bp,
    closing.bp,
    partners.bp,
    sheets.bp,
)

"""The page on which partners and who manages a project are named."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.core.clock import today
from app.core.errors import ensure_standing
from app.taskforces.projects import policies, queries
from app.taskforces.projects.partners import queries as partners
from app.taskforces.projects.partners import services, words
from app.taskforces.projects.partners.forms import ManagerForm, PartnerForm
from app.taskforces.projects.partners.rules import PartnerRole
from app.taskforces.projects.rules import Act
from app.taskforces.projects.services import ensure_allowed
from app.taskforces.seats import queries as seats

bp = Blueprint("partners", __name__, url_prefix="/projects/<int:project_id>/partners")


@bp.get("/")
@signed_in
def index(project_id: int) -> str:
    return _page(project_id, PartnerForm(), ManagerForm())


@bp.post("/name")
@signed_in
def name(project_id: int) -> ResponseReturnValue:
    form = PartnerForm()
    if form.validate_on_submit() and form.accepted(
        lambda: services.name_partner(project_id, form.command(), by=acting())
    ):
        flash(_("Everybody can see who takes part."))
        return redirect(url_for(".index", project_id=project_id))
    return _page(project_id, form, ManagerForm(formdata=None))


@bp.post("/manager")
@signed_in
def manager(project_id: int) -> ResponseReturnValue:
    form = ManagerForm()
    if form.validate_on_submit():
        services.name_manager(project_id, form.manager.data or "", by=acting())
        flash(_("Everybody can see who manages the project."))
        return redirect(url_for(".index", project_id=project_id))
    return _page(project_id, PartnerForm(formdata=None), form)


@bp.post("/<int:partner_id>/leave")
@signed_in
def leave(project_id: int, partner_id: int) -> ResponseReturnValue:
    services.let_leave(project_id, partner_id, by=acting())
    flash(_("They have left; that they took part stays on record."))
    return redirect(url_for(".index", project_id=project_id))


@bp.app_template_filter("partner_role")
def role_words(role: PartnerRole) -> str:
    return str(words.ROLES[role])


def _page(project_id: int, form: PartnerForm, managing: ManagerForm) -> str:
    project = queries.project(project_id)
    chairs = seats.co_chair_ids(project.task_force_id, today(project.time_zone))
    allowed = policies.may_name_partners(acting(), chairs, project.neighborhood_id)
    ensure_standing(allowed, _("Only the co-chairs of its task force and the clerk can do this."))
    ensure_allowed(project.stage, Act.NAME_PARTNERS)
    shown = {"project": project, "form": form, "managing": managing, "behind": partners.behind(project_id)}
    return render_template("taskforces/projects/partners/index.html", **shown)

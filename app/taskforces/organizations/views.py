"""The organizations of a neighborhood: a list for everybody, two forms for clerks."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, current_actor, only, public
from app.core.errors import NotFound, ensure_standing
from app.core.once import once
from app.places.queries import NeighborhoodFacts, neighborhood
from app.taskforces.organizations import policies, queries, services, words
from app.taskforces.organizations.forms import OrganizationForm
from app.taskforces.organizations.rules import OrganizationKind

bp = Blueprint("organizations", __name__, url_prefix="/task-forces/organizations")


@bp.get("/<slug>")
@public
def index(slug: str) -> str:
    where = neighborhood(slug)
    found = queries.page(where.id, number=request.args.get("page", 1, type=int))
    may_keep = policies.may_keep(current_actor(), where.id)
    return render_template("taskforces/organizations/index.html", where=where, found=found, may_keep=may_keep)


@bp.route("/<slug>/new", methods=["GET", "POST"])
@only(Role.CLERK)
def add(slug: str) -> ResponseReturnValue:
    where = _kept(slug)
    form = OrganizationForm()
    if form.validate_on_submit() and form.accepted(
        lambda: once(form.once.data, lambda: services.add(where.id, form.command(), by=acting()).id)
    ):
        flash(_("The organization is on the list."), "success")
        return redirect(url_for(".index", slug=slug))
    return render_template("taskforces/organizations/edit.html", form=form, where=where, row=None)


@bp.route("/<slug>/<int:organization_id>", methods=["GET", "POST"])
@only(Role.CLERK)
def edit(slug: str, organization_id: int) -> ResponseReturnValue:
    where, row = _kept(slug), queries.organization(organization_id)
    if row.neighborhood_id != where.id:
        raise NotFound
    form = OrganizationForm()
    if not form.is_submitted():
        form.fill(row)
    if form.validate_on_submit() and form.accepted(lambda: _changed(row.id, form)):
        flash(_("Your changes are saved."), "success")
        return redirect(url_for(".index", slug=slug))
    return render_template("taskforces/organizations/edit.html", form=form, where=where, row=row)


@bp.app_template_filter("organization_kind")
def kind_words(kind: OrganizationKind) -> str:
    return str(words.KINDS[kind])


def _changed(organization_id: int, form: OrganizationForm) -> bool:
    services.change(organization_id, form.command(), by=acting())
    return True


def _kept(slug: str) -> NeighborhoodFacts:
    where = neighborhood(slug)
    message = _("Only a clerk here keeps the list of organizations.")
    ensure_standing(policies.may_keep(acting(), where.id), message)
    return where

"""Pages of commitments: one with its payments, and the forms that put it before both sides."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, current_actor, public, signed_in
from app.core.clock import today
from app.core.errors import ensure_standing
from app.core.limits import count_try
from app.core.uploads import takes_file
from app.taskforces.projects import queries as projects
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.spending.books import queries as books
from app.taskforces.spending.commitments import queries, services
from app.taskforces.spending.commitments.forms import ChangeForm, PromiseForm
from app.taskforces.spending.contracts import queries as contracts

bp = Blueprint("commitments", __name__, url_prefix="/projects/<int:project_id>/commitments")
BODY = 9_000_000


@bp.get("/<int:commitment_id>")
@public
def show(project_id: int, commitment_id: int) -> str:
    project = projects.project(project_id)
    return render_template(
        "taskforces/spending/commitment.html",
        project=project,
        commitment=queries.commitment(project_id, commitment_id),
        entries=queries.entries_of(commitment_id),
        contracts=contracts.said(commitment_id),
        may=books.may(project, current_actor(), today(project.time_zone)),
    )


@bp.route("/new", methods=["GET", "POST"])
@signed_in
@takes_file(BODY)
def promise(project_id: int) -> ResponseReturnValue:
    project, form = asked(project_id), PromiseForm()
    if form.validate_on_submit():
        count_try("money", str(acting().id), limit=100, window=timedelta(days=1))
        key = form.once.data or ""
        waits = form.accepted(lambda: services.promise(project_id, form.command(), key=key, by=acting()))
        if waits is not None:
            return before_both(waits)
    heading, lead = _("Promise money in a contract"), _("Both sides of the task force sign before it counts.")
    return page(project, form, heading, lead, url_for("books.show", project_id=project_id))


@bp.route("/<int:commitment_id>/change", methods=["GET", "POST"])
@signed_in
def change(project_id: int, commitment_id: int) -> ResponseReturnValue:
    project, row = asked(project_id), queries.commitment(project_id, commitment_id)
    form = ChangeForm(amount=row.amount_cents)
    if form.validate_on_submit():
        key = form.once.data or ""
        waits = form.accepted(lambda: services.change_promise(commitment_id, form.command(), key=key, by=acting()))
        if waits is not None:
            return before_both(waits)
    heading = _("Change or end a commitment")
    lead = _(
        "%(code)s: %(who)s. Both sides of the task force sign before it counts.", code=row.code, who=row.counterparty
    )
    return page(project, form, heading, lead, url_for(".show", project_id=project_id, commitment_id=commitment_id))


def asked(project_id: int) -> ProjectCard:
    """A project whose money the person may put before both sides; refused otherwise."""
    project = projects.project(project_id)
    may = books.may(project, acting(), today(project.time_zone))
    ensure_standing(may.ask, _("Only members of this project’s task force and the clerk put money before both sides."))
    return project


def before_both(agreement_id: int) -> ResponseReturnValue:
    """On to the page where both sides sign."""
    flash(_("Both sides are asked to sign. It counts once they have."), "success")
    return redirect(url_for("signing.show", agreement_id=agreement_id))


def page(project: ProjectCard, form: object, heading: str, lead: str, back: str) -> str:
    """The page of any form about a project's money, with what there is of it."""
    return render_template(
        "taskforces/spending/form.html",
        project=project,
        form=form,
        heading=heading,
        lead=lead,
        back_url=back,
        balance=books.money(project.id, size=1).balance,
    )

"""The page of one agreement: exactly what is signed, who has signed, who has not, and the form of whoever may."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.visits.rules import is_fresh
from app.core.access import Actor, acting, current_actor, public, signed_in
from app.core.clock import now, today
from app.core.errors import ensure_standing
from app.taskforces import queries as bodies
from app.taskforces.projects import queries as projects
from app.taskforces.seats import queries as seats
from app.taskforces.signing import policies, queries, services, words
from app.taskforces.signing.escalating import queries as council
from app.taskforces.signing.escalating import services as escalating
from app.taskforces.signing.forms import SignForm
from app.taskforces.signing.paper import policies as paper_policies
from app.taskforces.signing.paper import queries as paper
from app.taskforces.signing.queries import AgreementRow
from app.taskforces.signing.rules import Ending, MatterKind, Verdict, WhyNot

bp = Blueprint("signing", __name__, url_prefix="/agreements")


@bp.get("/<int:agreement_id>")
@public
def show(agreement_id: int) -> str:
    row = queries.agreement(agreement_id)
    return _page(row, SignForm(seen=row.hash))


@bp.get("/task-forces/<slug>")
@public
def of_task_force(slug: str) -> str:
    body = bodies.task_force(slug)
    page = queries.page_of_task_force(body.id, number=_number())
    return render_template("taskforces/signing/of_task_force.html", body=body, page=page)


@bp.get("/projects/<int:project_id>")
@public
def of_project(project_id: int) -> str:
    project = projects.project(project_id)
    page = queries.page_of_project(project_id, number=_number())
    return render_template("taskforces/signing/of_project.html", project=project, page=page)


@bp.post("/<int:agreement_id>/sign")
@signed_in
def sign(agreement_id: int) -> ResponseReturnValue:
    row, form = queries.agreement(agreement_id), SignForm()
    if form.validate_on_submit():
        before = len(form.errors)
        ending = form.accepted(lambda: services.sign(agreement_id, form.command(), by=acting()))
        if len(form.errors) == before:
            flash(words.after_signing(ending), "success")
            return redirect(url_for(".show", agreement_id=agreement_id))
    return _page(row, form)


@bp.route("/<int:agreement_id>/withdraw", methods=["GET", "POST"])
@signed_in
def withdraw(agreement_id: int) -> ResponseReturnValue:
    if request.method == "GET":
        row = queries.agreement(agreement_id)
        ensure_standing(policies.may_withdraw(acting(), proposer_id=row.proposer_id), str(words.PROPOSER))
        if row.ending is not None:
            raise services.MayNotSign(WhyNot.ENDED)
        return render_template("taskforces/signing/withdraw.html", agreement=row)
    services.withdraw(agreement_id, by=acting())
    flash(_("You have withdrawn it."), "success")
    return redirect(url_for(".show", agreement_id=agreement_id))


@bp.app_template_filter("matter")
def matter_words(kind: MatterKind) -> str:
    return str(words.MATTERS[kind])


@bp.app_template_filter("agreement_ending")
def ending_words(ending: Ending) -> str:
    return str(words.ENDINGS[ending])


@bp.app_template_filter("agreement_brief")
def brief_words(row: AgreementRow) -> str:
    return words.brief(services.told(row))


@bp.app_template_filter("agreement_tone")
def ending_tone(ending: Ending) -> str:
    return words.TONES[ending]


@bp.app_template_filter("signatures_missing")
def missing_words(row: AgreementRow) -> str:
    return words.waits_for({place.side for place in row.missing})


@bp.app_template_filter("side_said")
def said_words(verdict: Verdict) -> str:
    return str(words.SAID[verdict])


def _number() -> int:
    return request.args.get("page", 1, int)


def _beside(row: AgreementRow, actor: Actor | None) -> dict[str, Any]:
    """What stands beside the form: the council, and what a clerk or a side that waits can do."""
    page: dict[str, Any] = {"council": council.of_agreement(row.id) if row.council_asked_at else None}
    if actor is None:
        return {**page, "sees_sheets": False, "may_attest": False, "may_escalate": False}
    here = row.neighborhood_id
    return {
        **page,
        "sees_sheets": paper.may_see_sheets(row, actor),
        "may_attest": paper_policies.may_attest(actor, here, sits=paper.sits(row, actor.id)),
        "may_escalate": escalating.why_not_ask(row, row, actor) is None,
    }


def _page(row: AgreementRow, form: SignForm) -> str:
    actor, on = current_actor(), today(row.time_zone)
    is_open = row.ending is None and on <= row.due_on
    signers = queries.signers_of(row, on) if is_open else []
    signer = next((each for each in signers if actor is not None and each.person_id == actor.id), None)
    asked = {place.task_force_id for place in row.missing}
    return render_template(
        "taskforces/signing/show.html",
        agreement=row,
        told=services.told(row),
        form=form,
        signs_for=signer.side if signer and queries.place_of(signer) in row.missing else None,
        is_open=is_open,
        is_away=is_open and signer is None and actor is not None and seats.is_away(actor.id, asked, on),
        pens={queries.place_of(each): each for each in signers},
        has_proposed=actor is not None and actor.id == row.proposer_id,
        **_beside(row, actor),
        is_fresh=actor is not None and is_fresh(actor.second_factor_at, now()),
        has_second_factor=actor is not None and services.has_second_factor(actor.id),
        is_overdue=row.ending is None and on > row.due_on,
    )

"""Pages of the clerk's office for people."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from app.accounts import policies
from app.accounts.forms import ButtonForm
from app.accounts.office import queries, services
from app.accounts.office.forms import DecideForm, FindForm, GrantForm, InviteForm
from app.accounts.office.words import ROLES, STAGES
from app.accounts.rules import ResidenceStage
from app.core.access import Role, acting, only
from app.core.clock import today
from app.core.once import once
from app.places.queries import neighborhoods

bp = Blueprint("people", __name__, url_prefix="/office/people")


@bp.get("/residences")
@only(Role.CLERK)
def residences() -> ResponseReturnValue:
    find = FindForm(request.args)
    chosen = find.stage.data if find.stage.data in STAGES else ResidenceStage.REGISTERED
    stage = None if chosen == "all" else ResidenceStage(chosen)
    page = queries.waiting(acting(), words=find.q.data or "", stage=stage, number=_page())
    return render_template("accounts/office/residences.html", page=page, find=find, stages=STAGES, today=today())


@bp.route("/residences/<int:residence_id>", methods=["GET", "POST"])
@only(Role.CLERK)
def residence(residence_id: int) -> ResponseReturnValue:
    facts = queries.residence(acting(), residence_id)
    form = DecideForm(seen=facts.registered_at.isoformat())
    if form.validate_on_submit():
        decided = form.accepted(lambda: services.decide_residence(residence_id, form.command(), by=acting()))
        if decided is not None:
            flash(_("Your decision is recorded. The resident gets a mail."), "success")
            return redirect(url_for(".residences"))
    mine = not policies.may_decide_residence(acting(), person_id=facts.person_id, neighborhood_id=facts.neighborhood_id)
    return render_template("accounts/office/residence.html", form=form, residence=facts, mine=mine, stages=STAGES)


@bp.get("/")
@only(Role.CLERK)
def index() -> ResponseReturnValue:
    find = FindForm(request.args)
    page = queries.people(acting(), words=find.q.data or "", number=_page())
    return render_template("accounts/office/people.html", page=page, find=find, roles=ROLES, stages=STAGES)


@bp.get("/<int:person_id>")
@only(Role.CLERK)
def show(person_id: int) -> ResponseReturnValue:
    facts, me = queries.person(acting(), person_id), acting()
    may = {"grant": me.id != person_id, "reset": policies.may_reset_second_factor(me, person_id=person_id)}
    return render_template("accounts/office/person.html", person=facts, roles=ROLES, stages=STAGES, may=may)


@bp.route("/<int:person_id>/grant", methods=["GET", "POST"])
@only(Role.CLERK)
def grant(person_id: int) -> ResponseReturnValue:
    facts, scope = queries.person(acting(), person_id), policies.clerk_scope(acting())
    form = GrantForm(starts_on=today())
    form.offer([n for n in neighborhoods() if scope is None or n.id in scope], whole_site=scope is None)
    if form.validate_on_submit():
        made = form.accepted(
            lambda: once(form.once.data or "", lambda: services.grant(person_id, form.command(), by=acting()))
        )
        if made is not None:
            flash(_("The role is granted."), "success")
            return redirect(url_for(".show", person_id=person_id))
    return render_template("accounts/office/grant.html", form=form, person=facts)


@bp.route("/<int:person_id>/grants/<int:grant_id>/end", methods=["GET", "POST"])
@only(Role.CLERK)
def end_grant(person_id: int, grant_id: int) -> ResponseReturnValue:
    facts = queries.person(acting(), person_id)
    held = queries.grant_of(facts, grant_id)
    form = ButtonForm()
    if form.validate_on_submit():
        services.end_grant(grant_id, by=acting())
        flash(_("The role has ended."), "success")
        return redirect(url_for(".show", person_id=person_id))
    return render_template("accounts/office/end_grant.html", form=form, person=facts, grant=held, roles=ROLES)


@bp.route("/<int:person_id>/second-factor", methods=["GET", "POST"])
@only(Role.CLERK)
def reset_second_factor(person_id: int) -> ResponseReturnValue:
    facts = queries.person(acting(), person_id)
    form = ButtonForm()
    if form.validate_on_submit():
        services.reset_second_factor(person_id, by=acting())
        flash(_("They can connect a new app at their next sign-in, or on their account page."), "success")
        return redirect(url_for(".show", person_id=person_id))
    return render_template("accounts/office/reset_second_factor.html", form=form, person=facts)


@bp.route("/invite", methods=["GET", "POST"])
@only(Role.CLERK)
def invite() -> ResponseReturnValue:
    form = InviteForm(locale=str(get_locale()))
    if form.validate_on_submit():
        made = form.accepted(lambda: once(form.once.data or "", lambda: services.invite(form.command(), by=acting())))
        if made is not None:
            flash(_("Invited. The mail lets them choose a password; now grant a role."), "success")
            return redirect(url_for(".grant", person_id=made))
    return render_template("accounts/office/invite.html", form=form)


def _page() -> int:
    return request.args.get("page", 1, type=int)

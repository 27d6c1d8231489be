"""Pages of the desk: what was typed in, one form to type in, the form to print, and taking a proposal back."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, current_actor, only, public
from app.core.clock import deadline_now
from app.core.errors import NotFound, ensure_standing
from app.core.languages import LANGUAGES
from app.core.limits import count_try
from app.core.once import once
from app.core.paging import row_number
from app.cycles import queries as cycles
from app.cycles.priorities.queries import priorities
from app.cycles.queries import CycleFacts
from app.cycles.rules import PhaseKind, why_not_now
from app.places.queries import areas, categories
from app.proposals import queries as proposals
from app.proposals.desk import policies, queries, services, words
from app.proposals.desk.forms import PlaceForm, TakeBackForm, TypeInForm
from app.proposals.desk.rules import LINES, days, why_shut
from app.proposals.names import queries as names

bp = Blueprint("desk", __name__)
OFFICE = (Role.CLERK, Role.OFFICER)


@bp.get("/office/paper-forms/<int:cycle_id>")
@only(*OFFICE)
def index(cycle_id: int) -> str:
    cycle = _at_desk(cycle_id)
    shut = why_shut(cycle, deadline_now())
    return render_template(
        "proposals/desk/index.html",
        cycle=cycle,
        page=queries.forms(cycle_id, page=request.args.get("page", 1, int)),
        shut=words.WHY_NOT[shut] if shut else None,
        place=queries.place(cycle_id),
        languages=LANGUAGES,
        may_lead=policies.may_lead(acting(), cycle.neighborhood_id),
    )


@bp.route("/office/paper-forms/<int:cycle_id>/type-in", methods=["GET", "POST"])
@only(*OFFICE)
def type_in(cycle_id: int) -> ResponseReturnValue:
    cycle = _at_desk(cycle_id)
    if request.method == "GET" and why_shut(cycle, deadline_now()) is not None:
        return redirect(url_for(".index", cycle_id=cycle_id))
    form = _form(cycle)
    if form.is_submitted():
        count_try("paper-form", str(acting().id), limit=1000, window=timedelta(days=1))
    if form.validate_on_submit():
        made = form.accepted(lambda: once(form.once.data or "", lambda: _typed_in(form, cycle_id)))
        if made is not None:
            return redirect(url_for(".type_in", cycle_id=cycle_id, after=made))
    return render_template("proposals/desk/type_in.html", form=form, cycle=cycle, lines=LINES, **_around(form, cycle))


@bp.route("/office/paper-forms/<int:cycle_id>/where", methods=["GET", "POST"])
@only(Role.CLERK)
def where(cycle_id: int) -> ResponseReturnValue:
    cycle = _at_desk(cycle_id)
    ensure_standing(policies.may_lead(acting(), cycle.neighborhood_id), str(words.ONLY_CLERK))
    form = PlaceForm(place=queries.place(cycle_id))
    if form.validate_on_submit():
        services.name_desk(cycle_id, form.place.data or "", by=acting())
        flash(_("It is printed on the form from now on."), "success")
        return redirect(url_for(".index", cycle_id=cycle_id))
    return render_template("proposals/desk/where.html", form=form, cycle=cycle)


@bp.route("/proposals/<int:proposal_id>/signed-withdrawal", methods=["GET", "POST"])
@only(Role.CLERK)
def take_back(proposal_id: int) -> ResponseReturnValue:
    proposal = proposals.detail(proposal_id, acting())
    if queries.of_proposal(proposal, acting()) is None:
        raise NotFound
    ensure_standing(policies.may_lead(acting(), proposal.neighborhood_id), str(words.ONLY_CLERK))
    form = TakeBackForm()
    if form.validate_on_submit():
        if form.accepted(lambda: services.take_back(proposal_id, form.command(), by=acting())) is not None:
            flash(_("The proposal is withdrawn. Please keep the signed paper with the form."), "success")
            return redirect(url_for("proposals.show", proposal_id=proposal_id))
    return render_template("proposals/desk/take_back.html", form=form, proposal=proposal)


@bp.get("/cycles/<int:cycle_id>/paper-form")
@public
def blank(cycle_id: int) -> str:
    """The form to print, in the language of whoever opens it."""
    cycle = cycles.facts(cycle_id)
    if cycle.is_imported:
        raise NotFound
    viewer, (_first, last) = current_actor(), days(cycle)
    return render_template(
        "proposals/desk/blank.html",
        cycle=cycle,
        last=last,
        collecting=why_not_now(cycle, PhaseKind.COLLECTING, deadline_now()) is None,
        place=queries.place(cycle_id),
        areas=areas(cycle.neighborhood_id),
        categories=categories(cycle.neighborhood_id),
        priorities=priorities(cycle_id),
        cost_lines=LINES,
        spoken=", ".join(LANGUAGES.get(each, each) for each in cycle.languages),
        in_office=viewer is not None and policies.may_type(viewer, cycle.neighborhood_id),
    )


def _at_desk(cycle_id: int) -> CycleFacts:
    cycle = cycles.facts(cycle_id)
    ensure_standing(policies.may_type(acting(), cycle.neighborhood_id), str(words.ONLY_OFFICE))
    return cycle


def _form(cycle: CycleFacts) -> TypeInForm:
    """An empty form with the day and the language of the one before, which lay in the same pile."""
    form = TypeInForm()
    form.offer(areas(cycle.neighborhood_id), categories(cycle.neighborhood_id), priorities(cycle.id))
    form.at_desk(cycle, acting())
    before = queries.form_of(request.args.get("after", 0, row_number), cycle.id)
    if request.method == "GET":
        form.number.render_kw = {"autofocus": True}
    if request.method == "GET" and before is not None:
        form.received_on.data, form.language.data = before.received_on, before.language
    return form


def _typed_in(form: TypeInForm, cycle_id: int) -> int:
    return services.type_in(cycle_id, form.what_they_typed(), by=acting()).id


def _around(form: TypeInForm, cycle: CycleFacts) -> dict[str, object]:
    """What stands above the form: the one that was typed in before it, or that this one was typed in already."""
    before = queries.form_of(request.args.get("after", 0, row_number), cycle.id) if request.method == "GET" else None
    held = len(names.around(before.proposal_id, acting()).held) if before else 0
    return {"before": before, "again": form.again, "held": held}

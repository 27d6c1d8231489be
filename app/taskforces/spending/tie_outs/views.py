"""Pages of tie-outs: the months of a cycle, a new one, one with its differences, and why they are there."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _

from app.core.access import Role, acting, current_actor, only, public
from app.core.errors import ensure_standing
from app.core.uploads import takes_file
from app.cycles import queries as cycles
from app.cycles.queries import CycleFacts
from app.taskforces.spending import policies
from app.taskforces.spending.tie_outs import queries, services, words
from app.taskforces.spending.tie_outs.forms import ExplainForm, TieOutForm
from app.taskforces.spending.tie_outs.rules import MOST_BYTES, DifferenceKind, Reason, Wrong
from app.taskforces.spending.tie_outs.services import WrongRows

bp = Blueprint("tie_outs", __name__, url_prefix="/projects/ledger/<int:cycle_id>/tie-outs")
SHOWN = 100
"""How many wrong rows a page lists."""


@bp.get("/")
@public
def index(cycle_id: int) -> str:
    cycle = cycles.facts(cycle_id)
    may_enter = policies.may_enter(current_actor(), cycle.neighborhood_id)
    rows = queries.of_cycle(cycle_id)
    return render_template("taskforces/spending/tie_outs/index.html", cycle=cycle, rows=rows, may_enter=may_enter)


@bp.route("/new", methods=["GET", "POST"])
@only(Role.CLERK)
@takes_file(MOST_BYTES)
def new(cycle_id: int) -> ResponseReturnValue:
    cycle, form = _entered(cycle_id), TieOutForm()
    wrong: Sequence[Wrong] = ()
    if form.validate_on_submit():
        try:
            key, command = form.once.data or "", form.command()
            made = form.accepted(lambda: services.hold_against(cycle_id, command, key=key, by=acting()))
        except WrongRows as refusal:
            made, wrong = None, refusal.rows
            form.file.errors = [refusal.message]
        if made is not None:
            flash(_("The ledger is held against the council’s books of that month."), "success")
            return redirect(url_for(".show", cycle_id=cycle_id, tie_out_id=made))
    shown = [(each, words.of_row(each.faults)) for each in wrong[:SHOWN]]
    return render_template(
        "taskforces/spending/tie_outs/new.html", cycle=cycle, form=form, wrong=shown, total=len(wrong)
    )


@bp.get("/<int:tie_out_id>")
@public
def show(cycle_id: int, tie_out_id: int) -> str:
    cycle = cycles.facts(cycle_id)
    return render_template(
        "taskforces/spending/tie_outs/show.html",
        cycle=cycle,
        row=queries.tie_out(cycle_id, tie_out_id),
        page=queries.differences(tie_out_id, number=request.args.get("page", 1, int)),
        may_enter=policies.may_enter(current_actor(), cycle.neighborhood_id),
    )


@bp.route("/<int:tie_out_id>/<int:position>/explain", methods=["GET", "POST"])
@only(Role.CLERK)
def explain(cycle_id: int, tie_out_id: int, position: int) -> ResponseReturnValue:
    cycle, row = _entered(cycle_id), queries.tie_out(cycle_id, tie_out_id)
    found = queries.difference(row.id, position)
    form = ExplainForm(obj=found)
    if form.validate_on_submit():
        services.explain(tie_out_id, position, form.command(), by=acting())
        flash(_("The difference is explained, for everybody to read."), "success")
        return redirect(url_for(".show", cycle_id=cycle_id, tie_out_id=tie_out_id))
    return render_template("taskforces/spending/tie_outs/explain.html", cycle=cycle, row=row, found=found, form=form)


@bp.app_template_filter("difference_kind")
def kind_words(kind: DifferenceKind) -> str:
    return str(words.KINDS[kind])


@bp.app_template_filter("difference_reason")
def reason_words(reason: Reason) -> str:
    return str(words.REASONS[reason])


@bp.app_template_filter("month_name")
def month_name(month: date) -> str:
    return str(format_date(month, "LLLL y"))


def _entered(cycle_id: int) -> CycleFacts:
    cycle = cycles.facts(cycle_id)
    allowed = policies.may_enter(acting(), cycle.neighborhood_id)
    ensure_standing(allowed, _("Only a clerk here holds the ledger against the council’s books."))
    return cycle

"""A cycle's ledger: the pot, every entry, the check of the chain, and the files to check it oneself."""

from datetime import timedelta

from flask import Blueprint, Response, flash, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, current_actor, only, public
from app.core.errors import ensure_standing
from app.core.limits import count_try
from app.core.paging import row_number
from app.cycles import queries as cycles
from app.taskforces.spending import policies
from app.taskforces.spending import queries as ledger
from app.taskforces.spending import services as ledger_services
from app.taskforces.spending.chain import exports, queries, words
from app.taskforces.spending.chain.forms import TermsForm
from app.taskforces.spending.chain.rules import LAST

bp = Blueprint("ledger", __name__, url_prefix="/projects/ledger")


@bp.get("/<int:cycle_id>")
@public
def show(cycle_id: int) -> str:
    cycle = cycles.facts(cycle_id)
    return render_template(
        "taskforces/spending/ledger.html",
        cycle=cycle,
        pot=ledger.pot_of(cycle_id),
        terms=ledger.terms_of(cycle_id),
        entries=ledger.entries_of_cycle(cycle_id, before=request.args.get("before", None, row_number)),
        may_enter=policies.may_enter(current_actor(), cycle.neighborhood_id),
    )


@bp.get("/<int:cycle_id>/check")
@public
def check(cycle_id: int) -> str:
    count_try("ledger-check", request.remote_addr or "", limit=60, window=timedelta(hours=1))
    cycle = cycles.facts(cycle_id)
    found = queries.steadily(cycle_id, lambda: queries.checked(cycle_id, last=LAST))
    finding = words.finding(found)
    return render_template("taskforces/spending/check.html", cycle=cycle, found=found, finding=finding)


@bp.get("/<int:cycle_id>/<any('ledger.csv', 'ledger.json'):name>")
@public
def download(cycle_id: int, name: str) -> Response:
    count_try("ledger-file", request.remote_addr or "", limit=60, window=timedelta(hours=1))
    links = queries.links(cycles.facts(cycle_id).id)
    text = exports.ledger_csv(links) if name == "ledger.csv" else exports.ledger_json(links)
    kind = "text/csv" if name == "ledger.csv" else "application/json"
    return Response(stream_with_context(text), mimetype=kind)


@bp.get("/columns.json")
@public
def columns() -> Response:
    return Response(exports.dictionary_json(), mimetype="application/json")


@bp.route("/<int:cycle_id>/terms", methods=["GET", "POST"])
@only(Role.CLERK)
def terms(cycle_id: int) -> ResponseReturnValue:
    cycle, now_are = cycles.facts(cycle_id), ledger.terms_of(cycle_id)
    allowed = policies.may_enter(acting(), cycle.neighborhood_id)
    ensure_standing(allowed, _("Only a clerk here sets the terms of spending."))
    form = TermsForm(alone=now_are.alone_cents, percent=now_are.council_percent)
    if form.validate_on_submit():
        ledger_services.set_terms(cycle_id, form.command(), by=acting())
        flash(_("The terms of spending are set. They count from now on."), "success")
        return redirect(url_for(".show", cycle_id=cycle_id))
    return render_template("taskforces/spending/terms.html", cycle=cycle, form=form)

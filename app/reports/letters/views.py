"""The clerk's page of decision letters: how many are due, how far they are, and the file for the printer."""

from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core import files
from app.core.access import Role, acting, only
from app.core.errors import NotFound, ensure_standing
from app.cycles import queries as cycles
from app.cycles.queries import CycleFacts
from app.reports import policies
from app.reports.letters import exports, queries, services
from app.reports.letters.forms import OrderForm

bp = Blueprint("letters", __name__, url_prefix="/reports/letters")


@bp.route("/<int:cycle_id>", methods=["GET", "POST"])
@only(Role.CLERK)
def index(cycle_id: int) -> ResponseReturnValue:
    cycle, form = _watched(cycle_id), OrderForm()
    if form.validate_on_submit() and form.accepted(lambda: services.order(cycle_id, by=acting())) is not None:
        flash(_("The letters are being made and mailed. This page shows how far they are."))
        return redirect(url_for(".index", cycle_id=cycle_id))
    batches, due = queries.of_cycle(cycle_id), queries.due(cycle_id)
    left = next((each.id for each in batches if each.finished_at is None), None)
    is_on_its_way = left is not None and queries.is_at_work(left)
    page = render_template(
        "reports/letters/index.html",
        cycle=cycle,
        form=form,
        batches=batches,
        due=due,
        unwritten=queries.unwritten_in(cycle),
        is_on_its_way=is_on_its_way,
        left=left,
    )
    return (page, {"Refresh": "5"}) if is_on_its_way else page


@bp.get("/<int:cycle_id>/<int:batch_id>.pdf")
@only(Role.CLERK)
def download(cycle_id: int, batch_id: int) -> ResponseReturnValue:
    cycle, batch = _watched(cycle_id), queries.batch(batch_id)
    if batch.cycle_id != cycle_id or batch.file_hash is None:
        raise NotFound
    name = f"letters-{cycle.slug}-{batch_id}.pdf"
    return send_file(BytesIO(files.load(batch.file_hash)), mimetype="application/pdf", download_name=name)


@bp.get("/<int:cycle_id>/<int:batch_id>/addresses.csv")
@only(Role.CLERK)
def addresses(cycle_id: int, batch_id: int) -> ResponseReturnValue:
    cycle, batch = _watched(cycle_id), queries.batch(batch_id)
    if batch.cycle_id != cycle_id:
        raise NotFound
    name = f"addresses-{cycle.slug}-{batch_id}.csv"
    content = exports.addresses_csv(queries.addresses(batch_id))
    answer = send_file(BytesIO(content), mimetype="text/csv", as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _watched(cycle_id: int) -> CycleFacts:
    cycle = cycles.facts(cycle_id)
    message = _("Only a clerk of this neighborhood sends decision letters.")
    ensure_standing(policies.may_publish(acting(), cycle.neighborhood_id), message)
    return cycle

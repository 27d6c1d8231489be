"""Pages of an import: upload, look, confirm, take back, and a file of what was turned away."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only
from app.core.uploads import takes_file
from app.voting.roll.imports import queries, services, words
from app.voting.roll.imports.forms import ImportForm
from app.voting.roll.imports.rules import COLUMNS, MOST_BYTES
from app.voting.roll.queries import is_frozen
from app.voting.roll.services import keeping

bp = Blueprint("roll_imports", __name__, url_prefix="/office/roll/<int:cycle_id>/imports")


@bp.route("/new", methods=["GET", "POST"])
@only(Role.CLERK)
@takes_file(MOST_BYTES)
def upload(cycle_id: int) -> ResponseReturnValue:
    cycle = keeping(cycle_id, acting())
    form = ImportForm()
    if form.validate_on_submit():
        made = form.accepted(lambda: services.preview(cycle_id, form.command(), by=acting()))
        if made is not None:
            return redirect(url_for(".show", cycle_id=cycle_id, import_id=made))
    return render_template("voting/roll/imports/upload.html", cycle=cycle, form=form)


@bp.get("/<int:import_id>")
@only(Role.CLERK)
def show(cycle_id: int, import_id: int) -> str:
    cycle = keeping(cycle_id, acting())
    found = queries.one(cycle_id, import_id)
    page = queries.rejected(import_id, number=request.args.get("page", 1, type=int))
    return render_template(
        "voting/roll/imports/show.html",
        cycle=cycle,
        found=found,
        page=page,
        stages=words.STAGES,
        columns=COLUMNS,
        frozen=is_frozen(cycle_id),
    )


@bp.post("/<int:import_id>/confirm")
@only(Role.CLERK)
def confirm(cycle_id: int, import_id: int) -> ResponseReturnValue:
    services.confirm(cycle_id, import_id, by=acting())
    flash(_("The list is on the roll."), "success")
    return redirect(url_for("roll.show", cycle_id=cycle_id))


@bp.post("/<int:import_id>/undo")
@only(Role.CLERK)
def undo(cycle_id: int, import_id: int) -> ResponseReturnValue:
    services.undo(cycle_id, import_id, by=acting())
    flash(_("The list is taken back. Its lines are gone."), "success")
    return redirect(url_for("roll.show", cycle_id=cycle_id))


@bp.get("/<int:import_id>/rejected.csv")
@only(Role.CLERK)
def rejected(cycle_id: int, import_id: int) -> Response:
    keeping(cycle_id, acting())
    found = queries.one(cycle_id, import_id)
    answer = Response(queries.rejected_csv(found.id), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="not-on-the-roll-{found.id}.csv"'
    return answer

"""Pages of checklists: the kinds of project, and the questions about one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only
from app.core.errors import NotFound
from app.proposals.review.checklists import queries, services
from app.proposals.review.checklists.forms import ChecklistForm
from app.proposals.review.checklists.rules import DEFAULT, in_lines

bp = Blueprint("checklists", __name__, url_prefix="/review/checklists")


@bp.get("/")
@only(Role.CLERK)
def index() -> str:
    rows = queries.of_neighborhoods(acting().scope(Role.CLERK))
    return render_template("proposals/review/checklists/index.html", rows=rows, default=DEFAULT)


@bp.route("/<int:category_id>", methods=["GET", "POST"])
@only(Role.CLERK)
def edit(category_id: int) -> ResponseReturnValue:
    row = queries.find(category_id)
    if row is None or not acting().holds(Role.CLERK, row.neighborhood_id):
        raise NotFound
    form = ChecklistForm()
    if request.method == "GET":
        form.questions.data = "\n".join(queries.own_questions(category_id))
    if form.validate_on_submit():
        asked = in_lines(form.questions.data or "")
        if form.accepted(lambda: services.put(category_id, asked, by=acting())) is not None:
            flash(_("These questions are asked from now on."), "success")
            return redirect(url_for(".index"))
    return render_template("proposals/review/checklists/edit.html", form=form, row=row, default=DEFAULT)

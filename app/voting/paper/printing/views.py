"""The page from which ballots and the count pack are printed."""

from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core import files
from app.core.access import Role, acting, only
from app.core.errors import NotFound
from app.core.languages import LANGUAGES
from app.core.once import once
from app.voting.paper import policies
from app.voting.paper import queries as paper
from app.voting.paper.printing import queries, services
from app.voting.paper.printing.forms import PrintForm
from app.voting.paper.views import watched

bp = Blueprint("paper_printing", __name__, url_prefix="/paper")


@bp.route("/<int:cycle_id>/print", methods=["GET", "POST"])
@only(Role.CLERK, Role.OFFICER, Role.OBSERVER)
def index(cycle_id: int) -> ResponseReturnValue:
    vote = watched(cycle_id)
    form = PrintForm().offer(paper.boxes(vote.id), LANGUAGES)
    if form.validate_on_submit():
        once(form.once.data or "", lambda: _order(cycle_id, form.what.data))
        flash(_("The files are being made and will be here in a moment."))
        return redirect(url_for(".index", cycle_id=cycle_id))
    return render_template(
        "voting/paper/printing/index.html",
        vote=vote,
        form=form,
        prints=queries.prints(vote.id),
        languages=LANGUAGES,
        may_prepare=policies.may_prepare(acting(), vote.cycle.neighborhood_id),
    )


@bp.get("/<int:cycle_id>/print/<int:print_id>/<int:number>.pdf")
@only(Role.CLERK, Role.OFFICER, Role.OBSERVER)
def download(cycle_id: int, print_id: int, number: int) -> ResponseReturnValue:
    vote, order = watched(cycle_id), queries.order(print_id)
    if order.vote_id != vote.id or not 1 <= number <= len(order.files):
        raise NotFound
    name, digest = order.files[number - 1]
    return send_file(BytesIO(files.load(digest)), mimetype="application/pdf", download_name=name)


def _order(cycle_id: int, what: str) -> int:
    kind, _colon, value = what.partition(":")
    if kind == "stock":
        return services.order_ballots(cycle_id, int(value), by=acting()).id
    return services.order_pack(cycle_id, value, by=acting()).id

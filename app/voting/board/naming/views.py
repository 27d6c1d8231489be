"""The page on which a clerk names the board of a vote."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only
from app.core.errors import NotFound, ensure_standing
from app.cycles.queries import facts
from app.voting import policies
from app.voting.board import queries
from app.voting.board.naming import services
from app.voting.board.naming.forms import BoardForm
from app.voting.queries import find_vote

bp = Blueprint("naming", __name__, url_prefix="/voting")


@bp.route("/<int:cycle_id>/name-the-board", methods=["GET", "POST"])
@only(Role.CLERK)
def name(cycle_id: int) -> ResponseReturnValue:
    cycle = facts(cycle_id)
    message = _("Only a clerk of this neighborhood names the board.")
    ensure_standing(policies.may_run(acting(), cycle.neighborhood_id), message)
    if find_vote(cycle_id) is not None:
        raise NotFound
    form = BoardForm().offer(
        queries.eligible(cycle.neighborhood_id),
        queries.members(cycle_id),
        queries.plan(cycle_id),
        community_email=queries.community_email(cycle_id),
    )
    if form.validate_on_submit() and form.accepted(
        lambda: services.name_board(cycle_id, form.command(), by=acting())
    ):
        flash(_("The board is named."), "success")
        return redirect(url_for("voting.show", cycle_id=cycle_id))
    return render_template("voting/board/name.html", cycle=cycle, form=form)

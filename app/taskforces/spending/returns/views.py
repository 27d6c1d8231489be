"""The page on which a return to the pot is put before both sides."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.cycles import queries as cycles
from app.taskforces.spending.commitments.views import asked, before_both, page
from app.taskforces.spending.returns import services, words
from app.taskforces.spending.returns.forms import ReturnForm

bp = Blueprint("returns", __name__, url_prefix="/projects/<int:project_id>/money")


@bp.route("/return", methods=["GET", "POST"])
@signed_in
def give_back(project_id: int) -> ResponseReturnValue:
    project, form = asked(project_id), ReturnForm()
    if form.validate_on_submit():
        key = form.once.data or ""
        waits = form.accepted(lambda: services.return_money(project_id, form.command(), key=key, by=acting()))
        if waits is not None:
            return before_both(waits)
    goes = str(words.GOES[cycles.facts(project.cycle_id).leftover_rule])
    lead = _("Both sides sign before any of it goes back. %(rule)s", rule=goes)
    back = url_for("books.show", project_id=project_id)
    return page(project, form, _("Return money to the pot"), lead, back)

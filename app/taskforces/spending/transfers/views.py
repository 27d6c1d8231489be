"""The pages on which money is moved, released from the reserve, or written down as given from outside."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only, signed_in
from app.core.clock import today
from app.core.errors import ensure_standing
from app.core.money import written
from app.core.uploads import takes_file
from app.taskforces.projects import queries as projects
from app.taskforces.projects.queries import ProjectFilter
from app.taskforces.spending import policies
from app.taskforces.spending import queries as ledger
from app.taskforces.spending.commitments.views import BODY, asked, before_both, page
from app.taskforces.spending.rules import may_commit
from app.taskforces.spending.transfers import services
from app.taskforces.spending.transfers.forms import GiveForm, MoveForm, ReleaseForm

bp = Blueprint("transfers", __name__, url_prefix="/projects/<int:project_id>/money")


@bp.route("/move", methods=["GET", "POST"])
@signed_in
def move(project_id: int) -> ResponseReturnValue:
    project, form = asked(project_id), MoveForm()
    same = projects.matching(ProjectFilter(cycle_id=project.cycle_id))
    others = [card for card in same if card.id != project_id and may_commit(card.stage)]
    form.offer(others)
    if form.validate_on_submit():
        key = form.once.data or ""
        waits = form.accepted(lambda: services.move_money(project_id, form.command(), key=key, by=acting()))
        if waits is not None:
            return before_both(waits)
    percent = ledger.terms_of(project.cycle_id).council_percent
    lead = _(
        "Both sides sign; where another task force answers for the other project, both of its sides, too. More than"
        " %(percent)s%% to another kind of project needs the council.",
        percent=percent,
    )
    lead = lead if others else _("No other project of this cycle can take money now.")
    return page(project, form, _("Move money to another project"), lead, _money(project_id))


@bp.route("/release", methods=["GET", "POST"])
@signed_in
def release(project_id: int) -> ResponseReturnValue:
    project, form = asked(project_id), ReleaseForm()
    if form.validate_on_submit():
        key = form.once.data or ""
        waits = form.accepted(lambda: services.release(project_id, form.command(), key=key, by=acting()))
        if waits is not None:
            return before_both(waits)
    pot = ledger.pot_of(project.cycle_id)
    held = written(pot.held_cents if pot else 0, project.currency)
    lead = _("The reserve of this cycle holds %(amount)s. Both sides sign before any of it is released.", amount=held)
    return page(project, form, _("Release some of the reserve"), lead, _money(project_id))


@bp.route("/from-outside", methods=["GET", "POST"])
@only(Role.CLERK)
@takes_file(BODY)
def give(project_id: int) -> ResponseReturnValue:
    project = projects.project(project_id)
    allowed = policies.may_enter(acting(), project.neighborhood_id)
    ensure_standing(allowed, _("Only a clerk here can write into the ledger."))
    form = GiveForm(on=today(project.time_zone))
    if form.validate_on_submit():
        key = form.once.data or ""
        made = form.accepted(lambda: services.give_from_outside(project_id, form.command(), key=key, by=acting()))
        if made is not None:
            flash(_("The entry is in the ledger."), "success")
            return redirect(_money(project_id))
    lead = _("Money that somebody else gives to this project, beside the pot.")
    return page(project, form, _("Money given from outside"), lead, _money(project_id))


def _money(project_id: int) -> str:
    return url_for("books.show", project_id=project_id)

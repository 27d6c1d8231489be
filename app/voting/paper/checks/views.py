"""The page of the sample check: its sizes, the draw, and the slips to compare, without what was accepted."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only
from app.voting.paper import policies, words
from app.voting.paper import queries as paper
from app.voting.paper.checks import queries, services
from app.voting.paper.checks.forms import CheckForm, DrawForm
from app.voting.paper.checks.rules import SHARES, sample_size
from app.voting.paper.entry.rules import KEYS
from app.voting.paper.views import watched
from app.voting.queries import VoteFacts

bp = Blueprint("paper_checks", __name__, url_prefix="/paper")


@bp.get("/<int:cycle_id>/sample")
@only(Role.CLERK, Role.OFFICER, Role.OBSERVER)
def show(cycle_id: int) -> str:
    vote = watched(cycle_id)
    return _page(vote, _form(vote))


@bp.post("/<int:cycle_id>/sample")
@only(Role.OBSERVER)
def draw(cycle_id: int) -> ResponseReturnValue:
    vote, form = watched(cycle_id), DrawForm()
    if not form.validate():
        return _page(vote, form)
    services.draw(cycle_id, form.command(), by=acting())
    flash(_("The sample is drawn."), "success")
    return redirect(url_for(".show", cycle_id=cycle_id))


@bp.post("/<int:cycle_id>/sample/check")
@only(Role.OBSERVER)
def check(cycle_id: int) -> ResponseReturnValue:
    vote, form = watched(cycle_id), CheckForm()
    found = None
    if form.validate():
        batch, line = form.batch.data or 0, form.line.data or ""
        found = form.accepted(lambda: services.check(cycle_id, batch, line, by=acting()))
    if found is None:
        return _page(vote, form)
    message = _("That is what was accepted.") if found.agrees else _("The paper says something else: an error.")
    flash(message, "success" if found.agrees else "error")
    return redirect(url_for(".show", cycle_id=cycle_id))


def _form(vote: VoteFacts) -> DrawForm | CheckForm:
    sample = queries.sample(vote.id)
    if sample is None:
        return DrawForm(formdata=None)
    return CheckForm(formdata=None, batch=sample.left[0].batch if sample.left else None)


def _page(vote: VoteFacts, form: DrawForm | CheckForm) -> str:
    sample, slips = queries.sample(vote.id), queries.size(vote.id)
    return render_template(
        "voting/paper/checks/show.html",
        vote=vote,
        form=form,
        sample=sample,
        slips=slips,
        sizes=[(share, sample_size(slips, share)) for share in SHARES] if slips else [],
        errors=[
            (each.batch, each.slip.number, words.answer(each.slip.decided), words.answer(each.found))
            for each in (sample.errors if sample else [])
        ],
        is_green=paper.problems(vote.id) == [],
        may_check=policies.may_check(acting(), vote.cycle.neighborhood_id),
        keys=[(key, words.REJECTED[reason]) for key, reason in KEYS.items()],
        is_posted=request.method == "POST",
    )

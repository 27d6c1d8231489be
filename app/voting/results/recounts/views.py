"""The page on which a clerk has a vote recounted without a withdrawn project: the questions, then "are you sure"."""

from collections.abc import Iterable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only
from app.core.errors import NotFound, ensure_standing
from app.voting.queries import OptionFacts, VoteFacts
from app.voting.results import policies, queries, services
from app.voting.results.queries import ResultRecord
from app.voting.results.recounts.forms import RecountForm

bp = Blueprint("recounts", __name__, url_prefix="/results")


@bp.route("/<int:cycle_id>/recount", methods=["GET", "POST"])
@only(Role.CLERK)
def recount(cycle_id: int) -> ResponseReturnValue:
    vote, record = _recountable(cycle_id)
    options = queries.options_by_number(vote.id)
    form = RecountForm().offer(_still_in(options.values(), record))
    asked = request.method == "POST" and "change" not in request.form and form.validate()
    if asked and "sure" not in request.form:
        return render_template("voting/results/recounts/confirm.html", cycle=vote.cycle, form=form, options=options)
    if asked and form.accepted(lambda: services.recount(cycle_id, form.command(), by=acting())):
        flash(
            _("The ballots are counted again. Both counts stay on record, and both signatures are given anew."),
            "success",
        )
        return redirect(url_for("results.show", cycle_id=cycle_id))
    return render_template("voting/results/recounts/recount.html", cycle=vote.cycle, form=form)


def _recountable(cycle_id: int) -> tuple[VoteFacts, ResultRecord]:
    vote, record = queries.published(cycle_id, acting())
    message = _("Only a clerk of this neighborhood has the vote counted.")
    ensure_standing(policies.may_count(acting(), vote.cycle.neighborhood_id), message)
    if record.is_certified:
        raise NotFound
    return vote, record


def _still_in(options: Iterable[OptionFacts], record: ResultRecord) -> list[OptionFacts]:
    return [option for option in options if option.number not in record.withdrawn]

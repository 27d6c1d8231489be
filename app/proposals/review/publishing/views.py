"""Pages of prepared findings: one for a second officer, several to publish, and how a cycle is reviewed."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.access import Role, acting, only
from app.core.clock import now
from app.core.errors import NotFound, ensure_standing
from app.cycles import queries as cycles
from app.proposals import queries as proposals
from app.proposals.review import queries as review
from app.proposals.review.assigning import queries as assigning
from app.proposals.review.assigning.rules import why_kept_away
from app.proposals.review.assigning.words import BARRED
from app.proposals.review.policies import is_officer
from app.proposals.review.publishing import policies, queries, services, words
from app.proposals.review.publishing.forms import AGREE, PublishForm, SecondForm, SettingsForm
from app.proposals.review.publishing.queries import PreparedFacts
from app.proposals.review.rules import Ending

bp = Blueprint("publishing", __name__, url_prefix="/review")


@bp.app_template_filter("finding_ending")
def ending_words(ending: Ending) -> str:
    return str(words.ENDINGS[ending])


@bp.route("/publish", methods=["GET", "POST"])
@only(Role.OFFICER, Role.CLERK)
def index() -> ResponseReturnValue:
    page = queries.ready(acting().scope(*policies.OFFICE), viewer_id=acting().id, page=request.args.get("page", 1, int))
    form = PublishForm()
    form.offer(page.items)
    if form.validate_on_submit():
        done = form.accepted(lambda: services.publish_together(form.chosen.data or [], by=acting()))
        if done is not None:
            flash(ngettext("%(num)s finding is public now.", "%(num)s findings are public now.", done), "success")
            return redirect(url_for(".index"))
    return render_template("proposals/review/publishing/index.html", page=page, form=form, now=now())


@bp.route("/prepared/<int:prepared_id>", methods=["GET", "POST"])
@only(Role.OFFICER)
def show(prepared_id: int) -> ResponseReturnValue:
    prepared = queries.find(prepared_id)
    proposal = proposals.detail(prepared.proposal_id, acting())
    allowed = is_officer(acting(), proposal.neighborhood_id)
    ensure_standing(allowed, _("Only officers of this neighborhood review its proposals."))
    reason = why_kept_away(assigning.bars(proposal.id, proposal.author_id), acting().id)
    ensure_standing(reason is None, str(BARRED[reason]) if reason else "")
    form = SecondForm()
    if form.validate_on_submit() and _answered(form, prepared) is not None:
        return redirect(url_for("review.index"))
    return render_template(
        "proposals/review/publishing/show.html",
        form=form,
        prepared=prepared,
        proposal=proposal,
        findings=review.history(proposal.id),
        cycle=cycles.facts(proposal.cycle_id),
        me=acting(),
    )


@bp.post("/prepared/<int:prepared_id>/take-back")
@only(Role.OFFICER)
def take_back(prepared_id: int) -> ResponseReturnValue:
    row = services.take_back(prepared_id, by=acting())
    flash(_("Your finding is taken back. What you wrote stands in the form."), "success")
    return redirect(url_for("review.show", proposal_id=row.proposal_id))


@bp.route("/cycles/<int:cycle_id>/settings", methods=["GET", "POST"])
@only(Role.CLERK)
def settings(cycle_id: int) -> ResponseReturnValue:
    cycle = cycles.facts(cycle_id, drafts=True)
    if not policies.may_settle(acting(), cycle.neighborhood_id):
        raise NotFound
    form = SettingsForm()
    if request.method == "GET":
        form.fill(queries.settings(cycle_id))
    if form.validate_on_submit():
        services.settle(cycle_id, form.command(), by=acting())
        flash(_("Your changes are saved."), "success")
        return redirect(url_for("office_cycles.show", cycle_id=cycle_id))
    return render_template("proposals/review/publishing/settings.html", form=form, cycle=cycle)


def _answered(form: SecondForm, prepared: PreparedFacts) -> object | None:
    """What came of the second officer's answer; None where it was refused at its field."""
    if form.answer.data == AGREE:
        done = form.accepted(lambda: services.agree(prepared.id, by=acting()))
        flash(_("Thank you. With your agreement the finding stands."), "success")
        return done
    said = form.reason.data or ""
    done = form.accepted(lambda: services.send_back(prepared.id, said, by=acting()))
    if done is not None:
        flash(_("The finding goes back to the officer who wrote it."), "success")
    return done

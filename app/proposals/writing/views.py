"""Pages of writing: each step at its own address, the check before sending, and saving in the background."""

from datetime import timedelta

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.core.errors import DomainError
from app.core.limits import count_try
from app.core.once import once
from app.core.paging import row_number
from app.cycles import queries as cycles
from app.cycles.priorities.queries import priorities
from app.cycles.queries import CycleFacts
from app.places.queries import areas, categories
from app.proposals import queries as proposals
from app.proposals.help_prices import queries as help_prices
from app.proposals.limits import queries as limits
from app.proposals.rules import Stage
from app.proposals.writing import queries, services, words
from app.proposals.writing.forms import FORMS, CostsForm, StepForm
from app.proposals.writing.queries import Draft
from app.proposals.writing.rules import ORDER, Step, after, before

bp = Blueprint("writing", __name__, url_prefix="/proposals")
STEP = f"<any({', '.join(Step)}):named>"


@bp.get("/<int:proposal_id>/write")
@signed_in
def resume(proposal_id: int) -> ResponseReturnValue:
    """On with it: the first step with something missing, or the check."""
    return _on_with(queries.draft(proposal_id, acting()))


@bp.route(f"/<int:proposal_id>/write/{STEP}", methods=["GET", "POST"])
@signed_in
def step(proposal_id: int, named: str) -> ResponseReturnValue:
    draft = queries.draft(proposal_id, acting())
    if draft.stage is not Stage.DRAFT:
        return _on_with(draft)
    form = _form(Step(named), draft.cycle)
    if request.method == "GET":
        form.show(draft)
    elif not form.asks_for_more() and form.validate_on_submit() and _kept(form, draft):
        return _after(form, draft)
    return _page(form, draft.cycle, draft)


@bp.post(f"/<int:proposal_id>/write/{STEP}/autosave")
@signed_in
def autosave(proposal_id: int, named: str) -> ResponseReturnValue:
    """Save in the background what is typed so far; a clash waits for the button."""
    draft = queries.draft(proposal_id, acting())
    form = _form(Step(named), draft.cycle)
    form.only_save()
    return _kept_quietly(form, draft) if form.validate_on_submit() or form.saves_anyway else _not_kept()


@bp.post("/submit/autosave")
@signed_in
def begin_quietly() -> ResponseReturnValue:
    """The same for the very first words: there is a draft from now on, with its own address."""
    cycle = cycles.facts(request.args.get("cycle_id", 0, row_number))
    form = _form(Step.NEED, cycle)
    form.only_save()
    if not form.validate_on_submit() or not form.typed()["need"]:
        return _not_kept()
    return _kept_quietly(form, _begun(form, cycle))


@bp.get("/<int:proposal_id>/write/check")
@signed_in
def check(proposal_id: int) -> ResponseReturnValue:
    draft = queries.draft(proposal_id, acting())
    if draft.stage is not Stage.DRAFT:
        return _on_with(draft)
    shown = proposals.detail(proposal_id, acting())
    return render_template(
        "proposals/writing/check.html",
        draft=draft,
        proposal=shown,
        similar=proposals.similar(shown) if draft.written.title else [],
        no_more=limits.why_no_more(acting().id, draft.cycle),
        words=words,
    )


def begin(cycle: CycleFacts) -> ResponseReturnValue:
    """The first step, on the page that begins a proposal: with its first words there is a draft."""
    form = _form(Step.NEED, cycle)
    draft = None
    if form.validate_on_submit():
        draft = _begun(form, cycle)
        if _kept(form, draft):
            return _after(form, draft)
    return _page(form, cycle, draft)


def _form(here: Step, cycle: CycleFacts) -> StepForm:
    form = FORMS[here]()
    form.offer(areas(cycle.neighborhood_id), categories(cycle.neighborhood_id), priorities(cycle.id))
    if isinstance(form, CostsForm):
        form.prices = help_prices.of_neighborhood(cycle.neighborhood_id)
    if "leave" in request.form:
        form.only_save()
    return form


def _begun(form: StepForm, cycle: CycleFacts) -> Draft:
    """The draft that this form has begun, now or when it was sent before."""
    count_try("propose", str(acting().id), limit=40, window=timedelta(days=1))
    made = once(form.once.data or "", lambda: services.begin(cycle.id, form.command(), by=acting()))
    return queries.draft(made, acting())


def _kept(form: StepForm, draft: Draft) -> bool:
    """Whether it is saved and its writer may go on; what is in the way stands in the form."""
    kept = form.accepted(lambda: services.keep(draft.id, form.command(), by=acting()))
    fresh = queries.draft(draft.id, acting())
    if kept is None:
        form.take_up(fresh)
        return False
    return "leave" in request.form or form.stands(fresh)


def _kept_quietly(form: StepForm, draft: Draft) -> ResponseReturnValue:
    count_try("autosave", str(acting().id), limit=5000, window=timedelta(days=1))
    try:
        services.keep(draft.id, form.command(), by=acting())
    except DomainError as refusal:
        return jsonify(said=refusal.message), refusal.status
    fresh = queries.draft(draft.id, acting())
    form.was_saved(fresh)
    return jsonify(
        said=words.saved_at(fresh.saved_at, fresh.cycle.time_zone),
        read=form.read.data,
        here=url_for("writing.step", proposal_id=draft.id, named=form.step.value),
        autosave=url_for("writing.autosave", proposal_id=draft.id, named=form.step.value),
    )


def _not_kept() -> ResponseReturnValue:
    return jsonify(said=str(words.NOT_SAVED)), 422


def _on_with(draft: Draft) -> ResponseReturnValue:
    if draft.stage is not Stage.DRAFT:
        return redirect(url_for("proposals.show", proposal_id=draft.id))
    if draft.unfinished is None:
        return redirect(url_for("writing.check", proposal_id=draft.id))
    return redirect(url_for("writing.step", proposal_id=draft.id, named=draft.unfinished.value))


def _after(form: StepForm, draft: Draft) -> ResponseReturnValue:
    """Where the button leads that was pressed: away for now, on to the next step, or back to the check."""
    if request.form.get("leave") == "map":
        return redirect(url_for("spots.say", proposal_id=draft.id))
    if "leave" in request.form:
        flash(_("Your draft is saved. You find it here and can go on whenever you like."), "success")
        return redirect(url_for("proposals.mine"))
    following = after(form.step)
    if following is None or "checking" in request.args:
        return redirect(url_for("writing.check", proposal_id=draft.id))
    return redirect(url_for("writing.step", proposal_id=draft.id, named=following.value))


def _page(form: StepForm, cycle: CycleFacts, draft: Draft | None) -> str:
    return render_template(
        "proposals/writing/step.html",
        form=form,
        cycle=cycle,
        draft=draft,
        number=ORDER.index(form.step) + 1,
        steps=len(ORDER),
        earlier=before(form.step),
        heading=words.STEPS[form.step],
        saved=words.saved_at(draft.saved_at, cycle.time_zone) if draft else "",
    )

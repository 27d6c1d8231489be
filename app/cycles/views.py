"""Public pages of cycles: what is on, the pot, and the rule card with its hash."""

from flask import Blueprint, Response, render_template, request

from app.core.access import current_actor, public
from app.core.clock import deadline_now
from app.core.errors import NotFound
from app.cycles import policies, queries, words
from app.cycles.priorities.queries import statement
from app.cycles.rules import STAGES_OF, CycleFacts, PhaseKind, Stage, reached

bp = Blueprint("cycles", __name__, url_prefix="/cycles")


@bp.app_template_global()
def cycle_steps(cycle: CycleFacts) -> list[dict[str, str]]:
    """The phases for the steps component: what is behind, what is on, what is ahead."""
    moment = deadline_now()
    return [
        {
            "label": label,
            "when": words.day_range(phase, cycle.time_zone),
            "stage": "done" if phase.ends_at <= moment else "current" if phase.starts_at <= moment else "ahead",
        }
        for label, phase in words.dated(cycle)
    ]


@bp.app_template_filter()
def stage_words(stage: Stage) -> str:
    """A cycle's stage in words."""
    return str(words.STAGES[stage])


@bp.app_template_filter()
def phase_name(kind: PhaseKind) -> str:
    """A phase in words."""
    return str(words.PHASES[kind])


@bp.get("/")
@public
def index() -> str:
    """Every cycle, newest first; of one neighborhood if the address names it."""
    slug = request.args.get("neighborhood")
    shown = [cycle for cycle in queries.public_cycles() if slug in (None, cycle.neighborhood_slug)]
    return render_template("cycles/index.html", cycles=shown, is_whole=slug is None)


@bp.get("/<int:cycle_id>")
@public
def show(cycle_id: int) -> str:
    """One cycle."""
    cycle = _visible(cycle_id)
    now = deadline_now()
    on = cycle.on(now)
    return render_template(
        "cycles/show.html",
        cycle=cycle,
        statement=statement(cycle_id),
        now_on=words.now_on(cycle, now),
        possible=on.kind if on is not None and cycle.stage in STAGES_OF[on.kind] else None,
        kinds=PhaseKind,
        has_ballot=reached(cycle.stage, Stage.BALLOT_FIXED),
        has_voting=reached(cycle.stage, Stage.VOTING),
        has_result=reached(cycle.stage, Stage.CERTIFIED),
        words=words,
    )


@bp.get("/<int:cycle_id>/rule-card")
@public
def rule_card(cycle_id: int) -> str:
    """The frozen rule card in plain words, with its hash."""
    cycle = _visible(cycle_id)
    return render_template("cycles/rule_card.html", cycle=cycle, card=queries.rule_card(cycle_id), words=words)


@bp.get("/<int:cycle_id>/rule-card.json")
@public
def rule_card_json(cycle_id: int) -> Response:
    """The very bytes that were hashed."""
    _visible(cycle_id)
    card = queries.rule_card(cycle_id)
    if card is None:
        raise NotFound
    return Response(card.text, mimetype="application/json")


def _visible(cycle_id: int) -> CycleFacts:
    cycle = queries.facts(cycle_id, drafts=True)
    if cycle.stage is Stage.DRAFT and not policies.may_see_draft(current_actor(), cycle.neighborhood_id):
        raise NotFound
    return cycle

"""Pages of the public log: search, the proof of one leaf, and a vote's log leaf by leaf."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.access import current_actor, public
from app.core.errors import NotFound
from app.voting.board import queries as boards
from app.voting.log import queries
from app.voting.log.forms import CodeForm
from app.voting.log.proofs.queries import look_up
from app.voting.sealing.readable import grouped, typed

bp = Blueprint("log", __name__, url_prefix="/log")


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    form, viewer = CodeForm(request.args), current_actor()
    if "code" in request.args and form.validate():
        return redirect(url_for(".proof", code=grouped(typed(form.code.data or ""))))
    mine = queries.counted(viewer.id) if viewer else []
    return render_template("voting/log/index.html", form=form, cycles=queries.logged_cycles(), mine=mine)


@bp.get("/<code>")
@public
def proof(code: str) -> str:
    found = look_up(code)
    witnesses = queries.cosignatures(found.proof.head if found.proof else None)
    return render_template("voting/log/proof.html", found=found, witnesses=witnesses)


@bp.get("/<code>/proof.json")
@public
def proof_json(code: str) -> Response:
    found = look_up(code)
    cosigned = [each.values for each in queries.cosignatures(found.proof.head if found.proof else None)]
    if found.proof is None:
        raise NotFound
    named = {"Content-Disposition": f'attachment; filename="proof-{found.code}.json"'}
    return Response(found.proof.as_json(cosigned), mimetype="application/json", headers=named)


@bp.get("/<int:cycle_id>/leaves")
@public
def leaves(cycle_id: int) -> str:
    vote = queries.logged_vote(cycle_id)
    head, viewer = queries.last_head(vote.id), current_actor()
    return render_template(
        "voting/log/leaves.html",
        vote=vote,
        head=head,
        public_key=vote.log_public_key,
        cosigned=queries.cosignatures(head),
        witnesses=queries.witnesses(vote.id),
        page=queries.leaf_lines(vote.id, number=request.args.get("page", 1, type=int)),
        may_name=viewer is not None and boards.runs(cycle_id, viewer.id),
    )

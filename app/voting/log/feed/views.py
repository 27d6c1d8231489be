"""The feed: head, consistency and leaves as JSON for anybody, and a door for the witnesses' signatures.

That door asks for no form token: a signature by a key that the board has entered is what lets somebody in, the session
is never looked at, and only a JSON body is read, which no page of another site can send here.
"""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from app.core.access import public
from app.core.errors import DomainError
from app.voting.log import services
from app.voting.log.feed import queries
from app.voting.log.feed.forms import cosignature
from app.voting.log.queries import logged_vote
from app.voting.tree.statements import BadStatement

bp = Blueprint("log_feed", __name__, url_prefix="/log")
LARGEST = 2**62


@bp.get("/<int:cycle_id>/head.json")
@public
def head(cycle_id: int) -> ResponseReturnValue:
    return jsonify(queries.newest(logged_vote(cycle_id)))


@bp.get("/<int:cycle_id>/consistency.json")
@public
def consistency(cycle_id: int) -> ResponseReturnValue:
    old, size = _number("from"), _number("size")
    if old is None:
        return jsonify(error="say from=SIZE, a size you have seen"), 400
    try:
        return jsonify(queries.growth(logged_vote(cycle_id), old, size))
    except DomainError as refusal:
        return jsonify(error=refusal.message or refusal.code), 404


@bp.get("/<int:cycle_id>/leaves.json")
@public
def leaves(cycle_id: int) -> ResponseReturnValue:
    return jsonify(queries.some_leaves(logged_vote(cycle_id), _number("from") or 0))


@bp.post("/<int:cycle_id>/cosignatures")
@public
def cosign(cycle_id: int) -> ResponseReturnValue:
    if request.mimetype != "application/json":
        return jsonify(error="send the cosignature as application/json"), 415
    try:
        services.cosign(cycle_id, cosignature(request.get_data(as_text=True)))
    except (DomainError, BadStatement) as refusal:
        return jsonify(error=str(refusal) or "there is no such log"), getattr(refusal, "status", 400)
    return jsonify(kept=True)


def _number(name: str) -> int | None:
    typed = request.args.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 and int(typed) <= LARGEST else None

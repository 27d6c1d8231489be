"""The office's front page: what waits for the person who looks."""

from flask import Blueprint, render_template, url_for

from app.admin import queries, words
from app.admin.rules import Desk
from app.core.access import Actor, Role, acting, only
from app.core.clock import deadline_now
from app.proposals.review.rules import Heap

bp = Blueprint("admin", __name__, url_prefix="/office")


@bp.get("/")
@only(Role.CLERK, Role.OFFICER, Role.OBSERVER, Role.ADMIN)
def index() -> str:
    """Open to-dos."""
    me = acting()
    todo = queries.to_dos(me)
    desks = [(words.DESKS[each.desk], _door(each.desk, me), each) for each in todo.waiting]
    watches = me.holds_anywhere(Role.CLERK, Role.OBSERVER)
    return render_template(
        "admin/index.html", todo=todo, desks=desks, steps=words.STEPS, watches_cycles=watches, now=deadline_now()
    )


def _door(desk: Desk, me: Actor) -> str:
    """Where the things on a desk are seen to."""
    if desk is Desk.UNASSIGNED and me.holds_anywhere(Role.CLERK):
        return url_for("assigning.index")
    if desk in _HEAPS:
        return url_for("review.index", heap=_HEAPS[desk].value)
    return url_for(_ROOMS[desk])


_HEAPS = {
    Desk.MINE: Heap.MINE,
    Desk.REVIEW: Heap.WAITING,
    Desk.UNASSIGNED: Heap.UNASSIGNED,
    Desk.SECOND: Heap.SECOND,
    Desk.CHANGES: Heap.CHANGES,
}
_ROOMS = {
    Desk.READY: "publishing.index",
    Desk.LOOKS: "second_looks.index",
    Desk.PRICES: "prices.waiting",
    Desk.WORDS: "moderation.index",
    Desk.REPORTS: "moderation.index",
    Desk.RESIDENCES: "people.residences",
    Desk.PROJECTS: "projects.index",
    Desk.BODIES: "taskforces.index",
}

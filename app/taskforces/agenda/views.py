"""A co-chair's own page: what waits, and what fits into the next twenty minutes."""

from flask import Blueprint, render_template

from app.core.access import acting, signed_in
from app.taskforces.agenda import queries, words
from app.taskforces.agenda.rules import Todo, within_minutes

bp = Blueprint("agenda", __name__, url_prefix="/task-forces")
SITTING = 20


@bp.get("/mine")
@signed_in
def mine() -> str:
    led = queries.chaired_projects(acting().id)
    waiting = queries.waiting(led)
    fits = within_minutes(((one.todo, 0) for one in waiting), SITTING)
    return render_template(
        "taskforces/mine.html", projects=led, now=waiting[:fits], later=waiting[fits:], minutes=SITTING
    )


@bp.app_template_filter("todo")
def todo_words(todo: Todo) -> str:
    return str(words.TODOS[todo])

"""A co-chair's own page: what waits, what fits into the next twenty minutes, and what changes by itself tomorrow."""

from flask import Blueprint, render_template, url_for

from app.core.access import acting, signed_in
from app.taskforces.agenda import queries, words
from app.taskforces.agenda.rules import Item, Todo, by_itself, overdue, within_minutes
from app.taskforces.seats.offers import queries as offers

bp = Blueprint("agenda", __name__, url_prefix="/task-forces")
SITTING = 20


@bp.get("/mine")
@signed_in
def mine() -> str:
    led = queries.led_by(acting())
    waiting = queries.waiting(led)
    fits = within_minutes(waiting, SITTING)
    return render_template(
        "taskforces/mine.html",
        led=led,
        offers=offers.waiting_for(led.actor.id),
        now=waiting[:fits],
        later=waiting[fits:],
        overdue=overdue(waiting[fits:], led.today),
        tomorrow=by_itself(waiting, led.today),
        today=led.today,
        minutes=SITTING,
    )


@bp.app_template_filter("todo")
def todo_words(todo: Todo) -> str:
    return str(words.TODOS[todo])


@bp.app_template_filter("todo_by_itself")
def by_itself_words(todo: Todo) -> str:
    return str(words.BY_ITSELF[todo])


@bp.app_template_filter("todo_place")
def place(item: Item) -> str:
    return url_for(words.PLACES[item.todo], **item.at)  # type: ignore[arg-type]  # its own keywords have other types

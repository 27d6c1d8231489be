"""The page of a project's money: every entry, every commitment, what waits for signatures, what one may do."""

from flask import Blueprint, render_template, request

from app.core.access import current_actor, public
from app.core.clock import today
from app.taskforces.projects import queries as projects
from app.taskforces.spending import words
from app.taskforces.spending.books import queries
from app.taskforces.spending.rules import EntryKind

bp = Blueprint("books", __name__, url_prefix="/projects")
SIZE = 50


@bp.get("/<int:project_id>/money")
@public
def show(project_id: int) -> str:
    project = projects.project(project_id)
    money = queries.money(project_id, before=request.args.get("before", None, int), size=SIZE)
    return render_template(
        "taskforces/spending/money.html",
        project=project,
        money=money,
        money_bar=words.money_bar(money.balance, project.currency),
        waiting=queries.waiting_of(project_id),
        may=queries.may(project, current_actor(), today(project.time_zone)),
    )


@bp.app_template_filter("entry_kind")
def kind_words(kind: EntryKind | str) -> str:
    return str(words.KINDS[EntryKind(kind)])

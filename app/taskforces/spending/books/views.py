"""The page of a project's money: every entry, every commitment, what waits for signatures, what one may do."""

from flask import Blueprint, render_template, request

from app.core.access import current_actor, public
from app.core.clock import today
from app.core.paging import row_number
from app.taskforces.projects import queries as projects
from app.taskforces.spending import words
from app.taskforces.spending.books import queries
from app.taskforces.spending.chain import views as chain
from app.taskforces.spending.commitments import views as commitments
from app.taskforces.spending.contracts import views as contracts
from app.taskforces.spending.documents import views as documents
from app.taskforces.spending.expenses import views as expenses
from app.taskforces.spending.forecasts import views as forecasts
from app.taskforces.spending.reconciliation import views as reconciliation
from app.taskforces.spending.returns import views as returns
from app.taskforces.spending.rules import EntryKind
from app.taskforces.spending.tie_outs import views as tie_outs
from app.taskforces.spending.transfers import views as transfers

bp = Blueprint("books", __name__, url_prefix="/projects")
ROOMS = (
    bp,
    chain.bp,
    commitments.bp,
    contracts.bp,
    documents.bp,
    expenses.bp,
    forecasts.bp,
    returns.bp,
    transfers.bp,
    tie_outs.bp,
    reconciliation.bp,
)
"""Every room of money that has pages."""
SIZE = 50


@bp.get("/<int:project_id>/money")
@public
def show(project_id: int) -> str:
    project = projects.project(project_id)
    money = queries.money(project_id, before=request.args.get("before", None, row_number), size=SIZE)
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

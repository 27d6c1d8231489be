"""The page of all the money that somebody watches."""

from datetime import timedelta

from flask import Blueprint, render_template, request

from app.core.access import acting, only
from app.core.limits import count_try
from app.taskforces.oversight.money import queries
from app.taskforces.spending import policies as spending
from app.taskforces.spending.chain.rules import LAST
from app.taskforces.spending.reconciliation import words
from app.taskforces.spending.reconciliation.policies import WATCH

bp = Blueprint("oversight_money", __name__, url_prefix="/oversight/money")


@bp.get("/")
@only(*WATCH)
def show() -> str:
    count_try("ledger-check", request.remote_addr or "", limit=60, window=timedelta(hours=1))
    actor = acting()
    page = queries.ledgers(actor.scope(*WATCH), number=request.args.get("page", 1, int))
    return render_template(
        "taskforces/oversight/money.html",
        page=page,
        checks=[words.checks(each.found) for each in page.items],
        may_enter=[spending.may_enter(actor, each.cycle.neighborhood_id) for each in page.items],
        last=LAST,
    )

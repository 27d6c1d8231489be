"""The page of a cycle's reconciliation, and the same as a file."""

from datetime import date, timedelta

from flask import Blueprint, Response, render_template, request

from app.core.access import current_actor, public
from app.core.clock import today
from app.core.limits import count_try
from app.cycles import queries as cycles
from app.cycles.queries import CycleFacts
from app.taskforces.oversight import policies as oversight
from app.taskforces.spending import policies as spending
from app.taskforces.spending.chain.rules import LAST
from app.taskforces.spending.reconciliation import exports, policies, queries, words
from app.taskforces.spending.reconciliation.queries import Figures, Month, Period
from app.taskforces.spending.reconciliation.rules import Account, MonthState

bp = Blueprint("reconciliation", __name__, url_prefix="/projects/ledger/<int:cycle_id>/reconciliation")
SHOWN = 100
"""How many differences a page lists."""


@bp.get("/")
@public
def show(cycle_id: int) -> str:
    count_try("ledger-check", request.remote_addr or "", limit=60, window=timedelta(hours=1))
    cycle, actor = cycles.facts(cycle_id), current_actor()
    found = _figures(cycle, shown=SHOWN)
    return render_template(
        "taskforces/spending/reconciliation/show.html",
        cycle=cycle,
        found=found,
        checks=words.checks(found),
        may_enter=spending.may_enter(actor, cycle.neighborhood_id),
        may_state=oversight.may_state(actor, cycle.neighborhood_id),
    )


@bp.get("/reconciliation.csv")
@public
def download(cycle_id: int) -> Response:
    count_try("ledger-file", request.remote_addr or "", limit=60, window=timedelta(hours=1))
    text = exports.reconciliation_csv(_figures(cycles.facts(cycle_id)))
    return Response(text, mimetype="text/csv")


@bp.app_template_filter("account_name")
def account_words(account: Account) -> str:
    return str(words.ACCOUNTS[account])


@bp.app_template_filter("month_state")
def month_words(state: MonthState) -> str:
    return str(words.MONTHS[state])


@bp.app_template_filter("month_tone")
def month_tone(state: MonthState) -> str:
    return words.TONES[state]


@bp.app_template_filter("month_said")
def month_said(month: Month, currency: str) -> str:
    return words.of_month(month, currency)


def _figures(cycle: CycleFacts, *, shown: int | None = None) -> Figures:
    whole = policies.may_check_whole(current_actor(), cycle.neighborhood_id)
    return queries.figures(
        cycle.id, _period(), today=today(cycle.time_zone), checks=None if whole else LAST, shown=shown
    )


def _period() -> Period:
    """The year of the address, or everything."""
    year = request.args.get("year", None, int)
    if year is None or not 1 <= year <= 9999:
        return Period()
    return Period(first=date(year, 1, 1), last=date(year, 12, 31))

"""One frozen edition of every kind of report, made as a clerk would, for tests that look at all of them."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from app.core.clock import today
from app.core.db import db, transaction
from app.reports.rules import ReportKind
from app.taskforces.questions.rules import Stage
from app.taskforces.setbacks.models import Setback
from tests.memory import remembered
from tests.reports import printing, sheets, sittings
from tests.reports.money import test_annual, test_delivery, test_reconciliation, year
from tests.reports.progress import quarter
from tests.reports.test_completion import built
from tests.reports.test_letters import a_letter
from tests.reports.test_one_pager import project_with_picture
from tests.reports.test_results import explained
from tests.taskforces.meetings import gathering
from tests.taskforces.questions import asked
from tests.taskforces.setbacks.story import Story
from tests.voting.results import board


def _register() -> int:
    late = Story().claimed()
    with transaction():
        db.session.get_one(Setback, late.id).due_on = today() - timedelta(days=4)
    return sheets.register(late.row.neighborhood_id, today())


def _questions() -> int:
    at = asked.scene()
    for stage in (Stage.ASSIGNED, Stage.ANSWERED, Stage.DECLINED):
        asked.at_stage(at, stage)
    return sheets.questions_log(at.body.id, today())


EDITIONS: Mapping[ReportKind, Callable[[], int]] = {
    ReportKind.AGENDA: lambda: sittings.agenda_of(gathering.meeting(gathering.body().row).id),
    ReportKind.ANNUAL: lambda: test_annual.publish(year.lived()[0]),
    ReportKind.BOOKLET: lambda: printing.publish(ReportKind.BOOKLET, board.voted().cycle_id),
    ReportKind.COMPLETION: lambda: sheets.completion(built().id),
    ReportKind.DELIVERY: lambda: test_delivery.publish(year.lived()[0]),
    ReportKind.LETTER: a_letter,
    ReportKind.MINUTES: lambda: sittings.minutes_of(sittings.approved(gathering.body()).id),
    ReportKind.ONE_PAGER: lambda: sheets.one_pager(project_with_picture()),
    ReportKind.PROGRESS: lambda: quarter.freeze(quarter.full()),
    ReportKind.QUESTIONS: _questions,
    ReportKind.RECONCILIATION: lambda: test_reconciliation.publish(year.lived()[1]),
    ReportKind.RESULTS: explained,
    ReportKind.SETBACKS: _register,
}


@remembered
def edition_of(kind: ReportKind) -> int:
    """The id of an edition of this kind; its files are not made."""
    return EDITIONS[kind]()

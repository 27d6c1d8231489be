"""One frozen edition of every kind of report, made as a clerk would, for tests that look at all of them.

Each is made once in a process; its figures are then changed in memory, and no database is asked again.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from app.core import files
from app.core.clock import today
from app.core.db import db, transaction
from app.core.printing.pdf import Sheet
from app.reports import pages, queries
from app.reports.queries import EditionDetail
from app.reports.rules import Form, ReportKind
from app.taskforces.questions.rules import Stage
from app.taskforces.setbacks.models import Setback
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

Change = Callable[[EditionDetail], EditionDetail]


@dataclass(frozen=True, kw_only=True)
class Kept:
    """An edition and the files of its pictures, by their digest."""

    edition: EditionDetail
    pictures: Mapping[str, bytes]


KEPT: dict[ReportKind, Kept] = {}


def edition_of(kind: ReportKind) -> EditionDetail:
    """An edition of this kind; its files are not made, its pictures are there."""
    if kind not in KEPT:
        edition = queries.detail(EDITIONS[kind]())
        KEPT[kind] = Kept(edition=edition, pictures={each: files.load(each) for each in _pictures(edition.snapshot)})
    for content in KEPT[kind].pictures.values():
        files.store(content)
    return replace(KEPT[kind].edition, snapshot=json.loads(KEPT[kind].edition.text))


def sheet_of(app: Any, kind: ReportKind, change: Change, form: Form = Form.READERS) -> Sheet:
    """What the PDF of an edition is made of, after something was changed in it."""
    with app.test_request_context(base_url=app.config["SITE_URL"]):
        return pages.sheet(change(edition_of(kind)), "en", form)


def _pictures(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if "digest" in value and "name" in value:
            yield value["digest"]
        for each in value.values():
            yield from _pictures(each)
    elif isinstance(value, list):
        for each in value:
            yield from _pictures(each)


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
    ReportKind.PAPER_BALLOT: lambda: printing.publish(ReportKind.PAPER_BALLOT, board.voted().cycle_id),
    ReportKind.PROGRESS: lambda: quarter.freeze(quarter.full()),
    ReportKind.QUESTIONS: _questions,
    ReportKind.RECONCILIATION: lambda: test_reconciliation.publish(year.lived()[1]),
    ReportKind.RESULTS: explained,
    ReportKind.SETBACKS: _register,
}

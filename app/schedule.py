"""What the worker does: each job by its kind, and what it looks after every minute and every ten minutes."""

from collections.abc import Callable, Mapping

from app.accounts.codes import services as codes
from app.core.durability import keep_time
from app.core.jobs import Handler
from app.notifications import services as notifications
from app.notifications.deadlines import services as deadlines
from app.proposals.attachments import services as attachment_services
from app.reports import services as report_services
from app.taskforces.clocks import services as clocks
from app.taskforces.updates.pictures import services as update_picture_services
from app.voting.disputes import services as dispute_services
from app.voting.log import services as log_services
from app.voting.notices import services as notices
from app.voting.paper.printing import services as paper_prints
from app.voting.results import services as result_services
from app.voting.results.explanations import services as explanations
from app.voting.results.explanations.rules import EXPLAIN
from app.voting.roll.codes import services as postal_codes
from app.voting.turnout import services as turnout

JOBS: Mapping[str, Handler] = {
    "accounts.send_code": codes.send_code,
    clocks.DAY: clocks.run_day,
    notifications.JOB: notifications.send,
    notifications.FOLLOWERS: notifications.tell_followers,
    report_services.RENDER: report_services.render_edition,
    result_services.CHECK: result_services.check,
    postal_codes.PRINT: postal_codes.print_codes,
    EXPLAIN: explanations.make,
    dispute_services.TELL: dispute_services.tell,
    log_services.BATCH: log_services.run_batch,
    paper_prints.PRINT: paper_prints.make,
}

EVERY_TEN_MINUTES: tuple[Callable[[], None], ...] = (
    log_services.leave_batches,
    attachment_services.clear_left,
    update_picture_services.clear_left,
    deadlines.tell_what_is_near,
    clocks.leave_days,
)

EVERY_MINUTE: tuple[Callable[[], object], ...] = (
    keep_time,
    notices.tell_when_due,
    turnout.keep_turnout,
    postal_codes.drop_ended,
)

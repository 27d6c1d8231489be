"""Events, acts of the board, what both sides sign, jobs, and what the worker does by the clock: what sets off what."""

from collections.abc import Callable, Mapping

from app.accounts.codes import services as codes
from app.accounts.events import (
    PasswordSet,
    ResidenceDecided,
    ResidenceRegistered,
    SecondFactorEnrolled,
    SecondFactorReset,
)
from app.audit import services as audit
from app.core.databases.durability import keep_time
from app.core.events import Event, Wiring
from app.core.jobs import Handler
from app.core.panels import Filler
from app.notifications import services as notifications
from app.notifications.deadlines import services as deadlines
from app.notifications.delivery import services as delivery
from app.notifications.drafts import services as open_drafts
from app.notifications.followers import services as followers
from app.notifications.meetings import services as meeting_mail
from app.notifications.nominations import services as nomination_mail
from app.notifications.works import services as works
from app.proposals.attachments import services as attachment_services
from app.proposals.ballot_texts.events import BallotTextSettled, BallotTextWritten
from app.proposals.clashes.events import ClashFlagged
from app.proposals.coauthors.events import AuthorLeft, CoAuthorInvited
from app.proposals.contacts import services as contact_services
from app.proposals.discussion.events import CommentWritten
from app.proposals.events import ProposalEdited, ProposalsImported, ProposalSubmitted, ProposalWithdrawn
from app.proposals.hiding.events import PartHidden
from app.proposals.merging.events import MergeDeclined, MergeRequested, ProposalMerged
from app.proposals.names.events import WordsPutBack, WordsRemoved
from app.proposals.prices.events import PriceObjectionAnswered
from app.proposals.review.assigning import services as assigning
from app.proposals.review.events import ProposalReviewed
from app.proposals.revisions import services as revisions
from app.proposals.search import services as search
from app.proposals.second_looks.events import SecondLookAnswered
from app.proposals.splitting.events import ProposalSplit, SplitDeclined, SplitRequested
from app.proposals.spots import services as spot_services
from app.proposals.writing.events import DraftKept
from app.reports import services as report_services
from app.reports.checking import services as checking
from app.reports.commenting.events import DraftOpened
from app.reports.completion import services as completion
from app.reports.desk import pages as report_desk
from app.reports.events import EditionDropped, EditionPublished, EditionRequested
from app.reports.letters import rules as letter_rules
from app.reports.letters import services as letter_services
from app.reports.making import services as making
from app.reports.rules import RENDER
from app.reports.signing_off import services as signing_off
from app.taskforces import services as taskforce_services
from app.taskforces.clocks import services as clocks
from app.taskforces.events import TaskForceDissolved
from app.taskforces.meetings.events import (
    MeetingCancelled,
    MeetingChanged,
    MeetingDatedAnew,
    MeetingNoticed,
    MeetingPostponed,
)
from app.taskforces.meetings.minutes import services as minutes
from app.taskforces.meetings.papers import services as papers
from app.taskforces.projects import services as project_services
from app.taskforces.projects.baselines import services as baselines
from app.taskforces.projects.claims import services as claim_services
from app.taskforces.projects.claims.events import MilestoneReturned
from app.taskforces.projects.closing import services as closing
from app.taskforces.projects.events import ProjectHandedOver
from app.taskforces.projects.pausing import services as pausing
from app.taskforces.projects.pausing.events import ProjectCancelled, ProjectPaused
from app.taskforces.questions.answering import services as answering_services
from app.taskforces.questions.events import QuestionAnswered, QuestionAsked, QuestionDeclined, QuestionMerged
from app.taskforces.questions.telling import services as telling
from app.taskforces.seats.nominations import services as nomination_services
from app.taskforces.seats.nominations.events import (
    NominationClosed,
    NominationFollowed,
    NominationRefused,
    SeatNominated,
)
from app.taskforces.seats.offers.events import SeatOffered
from app.taskforces.setbacks.events import SetbackReported
from app.taskforces.setbacks.openings import services as openings
from app.taskforces.setbacks.planning import services as planning
from app.taskforces.setbacks.reminders import services as reminders
from app.taskforces.setbacks.reminders.events import SlipNoticed
from app.taskforces.signing import services as signing
from app.taskforces.signing.escalating import services as escalating
from app.taskforces.signing.escalating.events import CouncilAsked, CouncilDecided, CouncilLapsed
from app.taskforces.signing.events import AgreementEnded, AgreementProposed, SignaturesReminded
from app.taskforces.signing.rules import MatterKind
from app.taskforces.signing.scans import services as scans
from app.taskforces.signing.services import Matter
from app.taskforces.spending.commitments import services as commitments
from app.taskforces.spending.commitments import words as commitment_words
from app.taskforces.spending.events import CommitmentOverAllocation, CostForecastSaid
from app.taskforces.spending.expenses import services as expenses
from app.taskforces.spending.expenses import words as expense_words
from app.taskforces.spending.returns import services as returns
from app.taskforces.spending.returns import words as return_words
from app.taskforces.spending.transfers import services as transfers
from app.taskforces.spending.transfers import words as transfer_words
from app.taskforces.taking import queries as taking_queries
from app.taskforces.updates.drafts import services as update_draft_services
from app.taskforces.updates.drafts.events import UpdateHandedIn, UpdateSentBack, UpdateThrownAway
from app.taskforces.updates.pictures import services as update_picture_services
from app.voting import services as vote_services
from app.voting.board.changes import services as board_changes
from app.voting.board.changes.events import MemberReplaced
from app.voting.board.events import ActRequested
from app.voting.board.rules import ActKind
from app.voting.board.services import Act
from app.voting.disputes import services as dispute_services
from app.voting.extending import services as extending
from app.voting.finishing import services as finishing
from app.voting.fixing import services as fixing
from app.voting.fixing.rules import Takers
from app.voting.log import services as log_services
from app.voting.log.witnesses import services as witness_services
from app.voting.notices import services as notices
from app.voting.objections import services as objection_services
from app.voting.opening import services as opening
from app.voting.paper.differences import services as paper_differences
from app.voting.paper.printing import services as paper_prints
from app.voting.reconciling import services as reconciling
from app.voting.results import services as result_services
from app.voting.results.checkers import services as checker_services
from app.voting.results.events import ResultCertified
from app.voting.results.explanations import services as explanations
from app.voting.results.explanations.rules import EXPLAIN
from app.voting.roll.changes import services as roll_changes
from app.voting.roll.codes import services as postal_codes
from app.voting.turnout import services as turnout

WIRING: Wiring = {
    Event: [audit.record],
    ResidenceRegistered: [postal_codes.forget_codes_of_old_address],
    ResidenceDecided: [notifications.tell_residence_decided],
    PasswordSet: [notifications.tell_sign_in_changed],
    SecondFactorEnrolled: [notifications.tell_sign_in_changed],
    SecondFactorReset: [notifications.tell_sign_in_changed],
    ActRequested: [notifications.tell_board_asked],
    AgreementProposed: [notifications.tell_agreement_waits],
    SignaturesReminded: [notifications.tell_agreement_waits],
    AgreementEnded: [signing_off.follow_ending],
    EditionRequested: [signing_off.ask_both, checking.keep_code],
    EditionDropped: [signing_off.end_asking],
    CouncilAsked: [delivery.tell_council_waits, notifications.tell_council_news],
    CouncilDecided: [notifications.tell_council_news],
    CouncilLapsed: [notifications.tell_council_news],
    MemberReplaced: [notifications.tell_board_changed],
    WordsPutBack: [search.keep_words, revisions.keep, notifications.tell_words_judged],
    PartHidden: [notifications.tell_part_hidden],
    WordsRemoved: [search.keep_words, revisions.keep, notifications.tell_words_judged],
    ProposalSubmitted: [search.keep_words, revisions.keep, notifications.tell_proposal_received],
    AuthorLeft: [contact_services.forget],
    DraftKept: [spot_services.follow_area],
    ProposalEdited: [search.keep_words, revisions.keep, spot_services.follow_area],
    ProposalsImported: [search.keep_imported_words],
    ClashFlagged: [notifications.tell_clash_flagged],
    CoAuthorInvited: [notifications.tell_coauthor_asked],
    MergeRequested: [notifications.tell_merge_asked],
    ProposalMerged: [notifications.tell_merge_answered, notifications.follow_merge],
    ProposalWithdrawn: [
        search.keep_words,
        contact_services.forget,
        spot_services.forget_exact,
        notifications.follow_withdrawal,
    ],
    CommentWritten: [notifications.follow_answer],
    UpdateHandedIn: [notifications.tell_update_waits],
    UpdateSentBack: [notifications.tell_update_sent_back],
    UpdateThrownAway: [update_picture_services.forget],
    MergeDeclined: [notifications.tell_merge_answered],
    ProposalReviewed: [notifications.tell_proposal_reviewed, notifications.follow_review],
    SecondLookAnswered: [
        assigning.free_what_was_reopened,
        notifications.tell_second_look_answered,
        notifications.follow_second_look,
    ],
    BallotTextWritten: [notifications.tell_ballot_text_written],
    BallotTextSettled: [notifications.tell_ballot_text_settled],
    PriceObjectionAnswered: [notifications.tell_price_answered],
    SplitRequested: [notifications.tell_split_asked],
    SplitDeclined: [notifications.tell_split_answered],
    ProposalSplit: [notifications.tell_split_answered, notifications.tell_supporters_of_split],
    SeatNominated: [nomination_mail.tell_nominated],
    NominationFollowed: [nomination_mail.tell_answered],
    NominationRefused: [nomination_mail.tell_answered],
    NominationClosed: [nomination_mail.tell_answered],
    TaskForceDissolved: [nomination_services.close_with_body],
    SeatOffered: [notifications.tell_seat_offered],
    ProjectHandedOver: [taskforce_services.begin_work],
    QuestionAsked: [telling.leave],
    QuestionAnswered: [telling.leave],
    QuestionDeclined: [telling.leave],
    QuestionMerged: [telling.leave],
    SetbackReported: [delivery.tell_setback_reported],
    CommitmentOverAllocation: [openings.open_for_overrun],
    CostForecastSaid: [openings.open_for_forecast],
    MilestoneReturned: [openings.open_for_failed_check],
    ProjectPaused: [openings.open_for_pause],
    ProjectCancelled: [returns.return_of_cancelled],
    SlipNoticed: [delivery.tell_slip_noticed],
    MeetingNoticed: [meeting_mail.tell],
    MeetingChanged: [meeting_mail.tell_changed],
    MeetingPostponed: [meeting_mail.tell],
    MeetingDatedAnew: [meeting_mail.tell],
    MeetingCancelled: [meeting_mail.tell],
    DraftOpened: [open_drafts.tell_opened],
    EditionPublished: [
        completion.complete,
        letter_services.bind_when_whole,
        notifications.tell_letter_ready,
        open_drafts.tell_answered,
    ],
    ResultCertified: [
        project_services.open_for_winners,
        notifications.tell_result_certified,
        notifications.follow_result,
        report_services.publish_imported,
    ],
}

ACTS: Mapping[ActKind, Act] = {
    ActKind.FIX: Act(payload=fixing.to_fix, run=fixing.fix_ballot),
    ActKind.OPEN: Act(payload=vote_services.to_open, run=vote_services.open_vote),
    ActKind.CLOSE: Act(payload=vote_services.to_close, run=vote_services.close_vote),
    ActKind.EXTEND: Act(payload=extending.to_extend, run=extending.extend),
    ActKind.RECONCILE: Act(payload=reconciling.to_reconcile, run=reconciling.reconcile),
    ActKind.OPEN_ENVELOPES: Act(payload=opening.to_open_envelopes, run=opening.open_envelopes),
    ActKind.COUNT: Act(payload=result_services.to_count, run=result_services.count),
    ActKind.RECOUNT: Act(payload=result_services.to_recount, run=result_services.recount),
    ActKind.SETTLE_OBJECTION: Act(payload=objection_services.to_settle, run=objection_services.settle),
    ActKind.ADD_TO_ROLL: Act(payload=roll_changes.to_add, run=roll_changes.add_to_roll),
    ActKind.STRIKE_FROM_ROLL: Act(payload=roll_changes.to_strike, run=roll_changes.strike_from_roll),
    ActKind.VOID_ENVELOPE: Act(payload=dispute_services.to_decide, run=dispute_services.decide),
    ActKind.NAME_WITNESS: Act(payload=witness_services.to_name, run=witness_services.name_witness),
    ActKind.ACCREDIT: Act(payload=checker_services.to_accredit, run=checker_services.accredit),
    ActKind.REPLACE_MEMBER: Act(payload=board_changes.to_replace, run=board_changes.replace_member),
    ActKind.EXPLAIN_DIFFERENCE: Act(payload=paper_differences.to_explain, run=paper_differences.explain),
    ActKind.PUBLISH: Act(payload=finishing.to_publish, run=finishing.publish_result),
    ActKind.DESTROY: Act(payload=finishing.to_destroy, run=finishing.destroy),
}
"""What two members of a vote's board agree on, and the verb that then runs."""

MATTERS: Mapping[MatterKind, Matter] = {
    MatterKind.MINUTES: Matter(payload=minutes.to_approve, told=minutes.told, run=minutes.approve_signed),
    MatterKind.SETBACK_ACCEPTED: Matter(payload=planning.to_accept, told=planning.acceptance_told, run=planning.accept),
    MatterKind.SETBACK_PLAN: Matter(payload=planning.to_plan, told=planning.plan_told, run=planning.agree_plan),
    MatterKind.COMMITMENT: Matter(
        payload=commitments.to_commitment, told=commitment_words.told_commitment, run=commitments.commit
    ),
    MatterKind.COMMITMENT_CHANGE: Matter(
        payload=commitments.to_change, told=commitment_words.told_change, run=commitments.change
    ),
    MatterKind.CONTINGENCY: Matter(
        payload=transfers.to_release, told=transfer_words.told_release, run=transfers.release_signed
    ),
    MatterKind.EXPENSE: Matter(payload=expenses.to_expense, told=expense_words.told_expense, run=expenses.pay_signed),
    MatterKind.REALLOCATION: Matter(
        payload=transfers.to_transfer, told=transfer_words.told_transfer, run=transfers.transfer
    ),
    MatterKind.RETURN: Matter(payload=returns.to_return, told=return_words.told_return, run=returns.return_signed),
    MatterKind.BASELINE: baselines.BASELINE,
    MatterKind.PAUSE: pausing.PAUSE,
    MatterKind.RESUMPTION: pausing.RESUMPTION,
    MatterKind.CANCELLATION: pausing.CANCELLATION,
    MatterKind.COMPLETION: closing.COMPLETION,
    MatterKind.REPORT: signing_off.REPORT,
}
"""What both sides of a task force sign, and the verb that runs with the last signature."""

CLOCKS: tuple[clocks.Clock, ...] = (
    signing.remind,
    signing.expire,
    escalating.lapse,
    signing_off.publish_when_due,
    update_draft_services.publish_when_due,
    taskforce_services.lapse,
    answering_services.close_silent,
    telling.forget_contacts,
    reminders.open_late,
    reminders.remind_of_unexplained,
    reminders.remind_of_overdue,
    reminders.remind_of_actions,
    reminders.remind_of_silence,
    open_drafts.remind,
    works.tell,
)
"""What happens by itself once a day in each neighborhood."""

TAKERS: Takers = taking_queries.takers
"""Who answers, below, which task force would take a proposal on: the ballot names it before the vote."""

BESIDE: tuple[Filler, ...] = (report_desk.beside,)
"""What rooms above show on the pages of results, task forces, projects and meetings."""

JOBS: Mapping[str, Handler] = {
    "accounts.send_code": codes.send_code,
    clocks.DAY: clocks.run_day,
    notifications.JOB: notifications.send,
    notifications.FOLLOWERS: notifications.tell_followers,
    followers.JOB: followers.tell,
    RENDER: making.render_edition,
    letter_rules.FREEZE: letter_services.freeze,
    letter_rules.BIND: letter_services.bind,
    result_services.CHECK: result_services.check,
    postal_codes.PRINT: postal_codes.print_codes,
    telling.TELL: telling.tell,
    EXPLAIN: explanations.make,
    dispute_services.TELL: dispute_services.tell,
    log_services.BATCH: log_services.run_batch,
    paper_prints.PRINT: paper_prints.make,
}

EVERY_TEN_MINUTES: tuple[Callable[[], None], ...] = (
    log_services.leave_batches,
    attachment_services.clear_left,
    scans.clear_left,
    papers.clear_left,
    claim_services.clear_left,
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

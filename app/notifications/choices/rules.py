"""What mail can be switched off, and what belongs together for those who do."""

from collections.abc import Mapping
from enum import StrEnum

from app.notifications.rules import MailKind


class Topic(StrEnum):
    """Mail that is switched off and on together."""

    OWN = "own"
    JOINING = "joining"
    FOLLOWED = "followed"
    DEADLINES = "deadlines"
    DRAFTS = "drafts"
    MEETINGS = "meetings"


TOPIC_OF: Mapping[MailKind, Topic | None] = {
    MailKind.AGREEMENT_WAITS: None,
    MailKind.BALLOT_TEXT_SETTLED: Topic.OWN,
    MailKind.BALLOT_TEXT_WAITS: Topic.OWN,
    MailKind.BOARD_ASKED: None,
    MailKind.BOARD_CHANGED: None,
    MailKind.CLASH_FLAGGED: Topic.OWN,
    MailKind.COAUTHOR_ASKED: Topic.JOINING,
    MailKind.COUNCIL_NEWS: None,
    MailKind.COUNCIL_WAITS: None,
    MailKind.DEADLINE_COMING: Topic.DEADLINES,
    MailKind.DRAFT_ANSWERED: Topic.DRAFTS,
    MailKind.DRAFT_OPEN: Topic.DRAFTS,
    MailKind.FOLLOWED_NEWS: Topic.FOLLOWED,
    MailKind.LETTER_READY: Topic.OWN,
    MailKind.MEETING_FOLLOWED: Topic.MEETINGS,
    MailKind.MEETING_SEATED: None,
    MailKind.MERGE_ANSWERED: Topic.JOINING,
    MailKind.MERGE_ASKED: Topic.JOINING,
    MailKind.NOMINATION_ANSWERED: None,
    MailKind.PART_HIDDEN: Topic.OWN,
    MailKind.PRICE_ANSWERED: Topic.OWN,
    MailKind.PROPOSAL_RECEIVED: Topic.OWN,
    MailKind.PROPOSAL_REVIEWED: Topic.OWN,
    MailKind.RESIDENCE_DECIDED: None,
    MailKind.RESULT_CERTIFIED: Topic.OWN,
    MailKind.SEAT_OFFERED: None,
    MailKind.SECOND_LOOK_ANSWERED: Topic.OWN,
    MailKind.SETBACK_REPORTED: None,
    MailKind.SIGN_IN_CHANGED: None,
    MailKind.SLIP_NOTICED: None,
    MailKind.SOMEBODY_NOMINATED: None,
    MailKind.SPLIT_ANSWERED: Topic.JOINING,
    MailKind.SPLIT_ASKED: Topic.JOINING,
    MailKind.SPLIT_TOLD: Topic.FOLLOWED,
    MailKind.UPDATE_WAITS: None,
    MailKind.WORDS_JUDGED: Topic.OWN,
    MailKind.WORKS_ASKED: Topic.FOLLOWED,
}
"""What each kind is switched off with; None: never, because it guards an account or a vote, or is somebody's duty."""

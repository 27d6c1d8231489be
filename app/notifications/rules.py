"""Kinds of mail, and what can have become of a proposal that somebody follows."""

from enum import StrEnum


class MailKind(StrEnum):
    """What a message tells; each has a subject and a body under `templates/emails/`."""

    AGREEMENT_WAITS = "agreement_waits"
    BALLOT_TEXT_SETTLED = "ballot_text_settled"
    BALLOT_TEXT_WAITS = "ballot_text_waits"
    BOARD_ASKED = "board_asked"
    BOARD_CHANGED = "board_changed"
    CLASH_FLAGGED = "clash_flagged"
    COAUTHOR_ASKED = "coauthor_asked"
    COUNCIL_NEWS = "council_news"
    COUNCIL_WAITS = "council_waits"
    DEADLINE_COMING = "deadline_coming"
    DRAFT_ANSWERED = "draft_answered"
    DRAFT_OPEN = "draft_open"
    FOLLOWED_NEWS = "followed_news"
    LETTER_READY = "letter_ready"
    MEETING_FOLLOWED = "meeting_followed"
    MEETING_SEATED = "meeting_seated"
    MERGE_ANSWERED = "merge_answered"
    MERGE_ASKED = "merge_asked"
    NOMINATION_ANSWERED = "nomination_answered"
    PART_HIDDEN = "part_hidden"
    PRICE_ANSWERED = "price_answered"
    PROPOSAL_RECEIVED = "proposal_received"
    PROPOSAL_REVIEWED = "proposal_reviewed"
    RESIDENCE_DECIDED = "residence_decided"
    RESULT_CERTIFIED = "result_certified"
    SEAT_OFFERED = "seat_offered"
    SECOND_LOOK_ANSWERED = "second_look_answered"
    SETBACK_REPORTED = "setback_reported"
    SIGN_IN_CHANGED = "sign_in_changed"
    SLIP_NOTICED = "slip_noticed"
    SOMEBODY_NOMINATED = "somebody_nominated"
    SPLIT_ANSWERED = "split_answered"
    SPLIT_ASKED = "split_asked"
    SPLIT_TOLD = "split_told"
    UPDATE_WAITS = "update_waits"
    WORDS_JUDGED = "words_judged"
    WORKS_ASKED = "works_asked"


class News(StrEnum):
    """What became of a proposal, as its followers hear it."""

    REVIEWED = "reviewed"
    SECOND_LOOK = "second_look"
    ANSWERED = "answered"
    JOINED = "joined"
    WITHDRAWN = "withdrawn"
    FUNDED = "funded"
    NOT_FUNDED = "not_funded"


LEAVING = frozenset({News.JOINED, News.WITHDRAWN})
"""What those who support a proposal hear as well: their support goes nowhere unless they move it themselves."""


class Part(StrEnum):
    """What somebody has to do with a proposal that they are told of."""

    FOLLOWS = "follows"
    SUPPORTS = "supports"
    COMMENTED = "commented"

"""Kinds of mail."""

from enum import StrEnum


class MailKind(StrEnum):
    """What a message tells; each has a subject and a body under `templates/emails/`."""

    BOARD_ASKED = "board_asked"
    BOARD_CHANGED = "board_changed"
    MERGE_ANSWERED = "merge_answered"
    MERGE_ASKED = "merge_asked"
    PROPOSAL_RECEIVED = "proposal_received"
    PROPOSAL_REVIEWED = "proposal_reviewed"
    RESIDENCE_DECIDED = "residence_decided"
    RESULT_CERTIFIED = "result_certified"
    SECOND_LOOK_ANSWERED = "second_look_answered"
    SIGN_IN_CHANGED = "sign_in_changed"

"""What can be wrong with a sealed ballot or a key, each with a code that a page, a log and a test share."""

from enum import StrEnum


class Fault(StrEnum):
    MALFORMED = "malformed"
    UNKNOWN_ALGORITHM = "unknown_algorithm"
    TOO_FEW_KEYS = "too_few_keys"
    SHARE_UNREADABLE = "share_unreadable"
    COMMITMENT_BROKEN = "commitment_broken"
    CONTENT_DAMAGED = "content_damaged"
    REPEATED = "repeated"
    NOT_A_BALLOT = "not_a_ballot"
    OTHER_VOTE = "other_vote"
    TOO_MANY_RANKS = "too_many_ranks"
    UNKNOWN_OPTION = "unknown_option"
    OPTION_TWICE = "option_twice"
    NOT_PADDED = "not_padded"
    NOT_A_KEY = "not_a_key"
    WRONG_PASSPHRASE = "wrong_passphrase"


REASONS = {
    Fault.MALFORMED: "the envelope does not have the shape every envelope has",
    Fault.UNKNOWN_ALGORITHM: "the envelope names an algorithm this program does not know",
    Fault.TOO_FEW_KEYS: "fewer keys were given than the envelope needs",
    Fault.SHARE_UNREADABLE: "a share does not open with the key given for it",
    Fault.COMMITMENT_BROKEN: "the opened secret is not the one that was promised when the ballot was cast",
    Fault.CONTENT_DAMAGED: "the shares are good, but the ballot inside was damaged",
    Fault.REPEATED: "this is a copy of another envelope in the same set",
    Fault.NOT_A_BALLOT: "what was sealed is not a ballot",
    Fault.OTHER_VOTE: "the ballot belongs to another vote",
    Fault.TOO_MANY_RANKS: "the ballot ranks more options than the rule card allows",
    Fault.UNKNOWN_OPTION: "the ballot names an option that is not on the list",
    Fault.OPTION_TWICE: "the ballot names the same option twice",
    Fault.NOT_PADDED: "the ballot carries something behind its last rank",
    Fault.NOT_A_KEY: "this is not a key of ours",
    Fault.WRONG_PASSPHRASE: "the passphrase does not open this key",
}


class SealingError(Exception):
    """A fault and, where one key holder is concerned, that trustee's number (from 1)."""

    def __init__(self, fault: Fault, *, trustee: int | None = None) -> None:
        self.fault = fault
        self.trustee = trustee
        who = f"trustee {trustee}: " if trustee is not None else ""
        super().__init__(who + REASONS[fault])

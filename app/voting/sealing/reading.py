"""Reading the files that travel between the server and the key holders: strictly, and with a reason for each no."""

from enum import StrEnum


class Wrong(StrEnum):
    """Why a file is refused, as a page, a log and a test share it."""

    OTHER_FILE = "other_file"
    CUT_SHORT = "cut_short"
    TOO_LONG = "too_long"
    DAMAGED = "damaged"
    OUT_OF_ORDER = "out_of_order"
    IMPOSSIBLE = "impossible"
    DRILL = "drill"
    NO_DRILL = "no_drill"
    OTHER_VOTE = "other_vote"
    OTHER_SET = "other_set"
    OTHER_KEY = "other_key"
    TOO_FEW_TRUSTEES = "too_few_trustees"
    UNKNOWN_TRUSTEE = "unknown_trustee"
    BAD_SIGNATURE = "bad_signature"
    WRONG_NUMBER = "wrong_number"
    BAD_RANKING = "bad_ranking"
    UNKNOWN_ENVELOPE = "unknown_envelope"
    WRONG_ANSWER = "wrong_answer"


SAYINGS = {
    Wrong.OTHER_FILE: "this is another kind of file",
    Wrong.CUT_SHORT: "the file ends too early",
    Wrong.TOO_LONG: "the file goes on after its end",
    Wrong.DAMAGED: "the file was changed or damaged on its way",
    Wrong.OUT_OF_ORDER: "what is in the file does not stand in its order",
    Wrong.IMPOSSIBLE: "the file says something that cannot be",
    Wrong.DRILL: "the file comes from a drill with invented ballots",
    Wrong.NO_DRILL: "the file belongs to a real vote, not to a drill",
    Wrong.OTHER_VOTE: "the file belongs to another vote",
    Wrong.OTHER_SET: "the result was made from another count set than the one exported",
    Wrong.OTHER_KEY: "the file was made for another key",
    Wrong.TOO_FEW_TRUSTEES: "fewer key holders opened the envelopes than the vote asks for",
    Wrong.UNKNOWN_TRUSTEE: "the file names a key holder this vote does not have",
    Wrong.BAD_SIGNATURE: "a key holder's signature does not fit the content",
    Wrong.WRONG_NUMBER: "ballots and unreadable envelopes are not as many as there were envelopes",
    Wrong.BAD_RANKING: "the result holds a ranking that the rule card does not allow",
    Wrong.UNKNOWN_ENVELOPE: "the result lists an envelope that was not in the count set",
    Wrong.WRONG_ANSWER: "the answer was not given with this key to this question",
}


class BadFile(ValueError):
    """A file that is refused: `wrong` says why, `trustee` (from 1) whom it concerns, if one."""

    def __init__(self, wrong: Wrong, *, trustee: int | None = None) -> None:
        self.wrong = wrong
        self.trustee = trustee
        who = f"key holder {trustee}: " if trustee is not None else ""
        super().__init__(who + SAYINGS[wrong])


class Reader:
    """Takes a file apart from its start; every step says no when there is too little."""

    def __init__(self, data: bytes, bad: type[BadFile]) -> None:
        self.data, self.bad, self.at = data, bad, 0

    def tag(self, tag: bytes) -> None:
        """The next bytes, which say what kind of file this is."""
        if self.data[self.at : self.at + len(tag)] != tag:
            raise self.bad(Wrong.OTHER_FILE)
        self.at += len(tag)

    def take(self, length: int) -> bytes:
        """The next `length` bytes."""
        taken = self.data[self.at : self.at + length]
        if len(taken) != length:
            raise self.bad(Wrong.CUT_SHORT)
        self.at += length
        return taken

    def number(self, length: int, *, most: int | None = None) -> int:
        """The next `length` bytes as a number, big-endian, which is at most `most`."""
        value = int.from_bytes(self.take(length), "big")
        if most is not None and value > most:
            raise self.bad(Wrong.IMPOSSIBLE)
        return value

    def end(self) -> None:
        """Nothing comes after this."""
        if self.at != len(self.data):
            raise self.bad(Wrong.TOO_LONG)

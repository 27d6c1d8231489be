"""Which promises a vote can give: secrecy only where no single key holder can open the ballots."""

from collections.abc import Mapping
from enum import StrEnum

from app.cycles.rules import PublicationLevel


class Promise(StrEnum):
    """What is promised (voting.md 13)."""

    STORED = "stored"
    ONE_VOTE = "one_vote"
    SHUT = "shut"
    SECRET = "secret"
    RECEIPT = "receipt"
    RECOUNT = "recount"
    RECOUNT_BY_SOME = "recount_by_some"
    TWO_PEOPLE = "two_people"


class Limit(StrEnum):
    """What is not promised."""

    SHOULDER = "shoulder"
    PHONE = "phone"
    PROGRAM = "program"
    ONE_KEY = "one_key"
    PROOF = "proof"
    KEYS = "keys"
    MACHINE = "machine"


HELD_BY: Mapping[Promise, tuple[str, ...]] = {
    Promise.STORED: (
        "tests/faults/test_kills.py",
        "tests/faults/test_power_cuts.py",
        "tests/faults/test_full_disks.py",
        "tests/voting/readiness/test_clocks.py",
    ),
    Promise.ONE_VOTE: (
        "tests/faults/test_double_votes.py",
        "tests/voting/ballots/test_races.py",
        "tests/voting/paper/test_boxes.py",
    ),
    Promise.SHUT: ("tests/privacy/test_canary.py", "tests/voting/sealing/test_envelopes.py"),
    Promise.SECRET: ("tests/privacy/test_linkage.py", "tests/voting/ballots/test_privacy.py"),
    Promise.RECEIPT: ("tests/voting/tree", "tests/voting/log", "tests/voting/sealing/test_leaves.py"),
    Promise.RECOUNT: ("tests/verifiers", "tests/voting/results/test_bundle.py"),
    Promise.RECOUNT_BY_SOME: ("tests/verifiers", "tests/voting/results/test_privacy.py"),
    Promise.TWO_PEOPLE: ("tests/voting/board/test_two_persons.py", "tests/audit/test_chain.py"),
}
"""The tests that hold each promise; one of our own checks that they exist."""


def promised(*, threshold: int | None, level: PublicationLevel | None) -> tuple[Promise, ...]:
    """What a vote with so many key holders needed, and with this level, promises; None where no vote is at hand."""
    by_level = Promise.RECOUNT if level in (None, PublicationLevel.FULL) else Promise.RECOUNT_BY_SOME
    alone = threshold is not None and threshold < 2
    given = (
        Promise.STORED,
        Promise.ONE_VOTE,
        Promise.SHUT,
        Promise.SECRET,
        Promise.RECEIPT,
        by_level,
        Promise.TWO_PEOPLE,
    )
    return tuple(each for each in given if not (alone and each in (Promise.SHUT, Promise.SECRET)))


def not_promised(*, threshold: int | None) -> tuple[Limit, ...]:
    """What a vote does not promise; that one key opens everything is said where it is so."""
    alone = threshold is not None and threshold < 2
    return tuple(each for each in Limit if each is not Limit.ONE_KEY or alone)

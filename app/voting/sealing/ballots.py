"""One ranking as bytes: always the same length, always the same bytes for the same ranking, strictly read back."""

from collections.abc import Sequence

from app.voting.sealing.faults import Fault, SealingError

TAG = b"lamplight-ballot/1"
VOTE_ID_BYTES = 16
PLAIN_BYTES = 512
COUNT_AT = len(TAG) + VOTE_ID_BYTES
RANKS_AT = COUNT_AT + 2
MOST_RANKS = (PLAIN_BYTES - RANKS_AT) // 2
MOST_OPTIONS = 2**16 - 1


def canonical(ranking: Sequence[int], *, vote_id: bytes, options: int, max_ranks: int) -> bytes:
    """The 512 bytes of a ranking (option numbers from 1, best first, distinct, at most `max_ranks`; it may be empty).

    Layout: tag, vote id (16), number of ranks (2, big-endian), each option number (2, big-endian), zeros.
    `options` is how many options the list has. Raises SealingError: TOO_MANY_RANKS, UNKNOWN_OPTION, OPTION_TWICE;
    ValueError when the vote itself does not fit (id not 16 bytes, more than 238 ranks). Source: voting.md 4.
    """
    _ensure_fits(vote_id, options, max_ranks)
    _ensure_valid(ranking, options, max_ranks)
    numbers = b"".join(number.to_bytes(2, "big") for number in ranking)
    return _padded(TAG + vote_id + len(ranking).to_bytes(2, "big") + numbers)


def parse(plain: bytes, *, vote_id: bytes, options: int, max_ranks: int) -> tuple[int, ...]:
    """The ranking in bytes made by `canonical`, and in no others.

    Raises SealingError: NOT_A_BALLOT, OTHER_VOTE, TOO_MANY_RANKS, NOT_PADDED, UNKNOWN_OPTION, OPTION_TWICE.
    """
    _ensure_fits(vote_id, options, max_ranks)
    if len(plain) != PLAIN_BYTES or not plain.startswith(TAG):
        raise SealingError(Fault.NOT_A_BALLOT)
    if plain[len(TAG) : COUNT_AT] != vote_id:
        raise SealingError(Fault.OTHER_VOTE)
    end = RANKS_AT + 2 * int.from_bytes(plain[COUNT_AT:RANKS_AT], "big")
    if end > RANKS_AT + 2 * max_ranks:
        raise SealingError(Fault.TOO_MANY_RANKS)
    if any(plain[end:]):
        raise SealingError(Fault.NOT_PADDED)
    ranking = tuple(int.from_bytes(plain[at : at + 2], "big") for at in range(RANKS_AT, end, 2))
    _ensure_valid(ranking, options, max_ranks)
    return ranking


def _padded(content: bytes) -> bytes:
    # The length would otherwise tell how many ranks somebody used.
    return content.ljust(PLAIN_BYTES, b"\0")


def _ensure_valid(ranking: Sequence[int], options: int, max_ranks: int) -> None:
    if len(ranking) > max_ranks:
        raise SealingError(Fault.TOO_MANY_RANKS)
    if any(not 1 <= number <= options for number in ranking):
        raise SealingError(Fault.UNKNOWN_OPTION)
    if len(set(ranking)) != len(ranking):
        raise SealingError(Fault.OPTION_TWICE)


def _ensure_fits(vote_id: bytes, options: int, max_ranks: int) -> None:
    if len(vote_id) != VOTE_ID_BYTES:
        raise ValueError(f"a vote id has {VOTE_ID_BYTES} bytes, not {len(vote_id)}")
    if not 0 <= max_ranks <= MOST_RANKS or not 0 <= options <= MOST_OPTIONS:
        raise ValueError(f"a ballot holds at most {MOST_RANKS} ranks of {MOST_OPTIONS} options")

"""A ranking becomes the same 512 bytes every time, and only those bytes become a ranking again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.voting.sealing import ballots
from app.voting.sealing.ballots import canonical, parse
from app.voting.sealing.faults import Fault, SealingError

VOTE = bytes(range(16))
CARD = {"vote_id": VOTE, "options": 300, "max_ranks": 20}
RANKINGS = st.lists(st.integers(1, 300), max_size=20, unique=True)
COUNT_AT = len(b"lamplight-ballot/1") + 16


def fault_of(call, *args, **kwargs):
    with pytest.raises(SealingError) as caught:
        call(*args, **kwargs)
    return caught.value.fault


def with_bytes(at, new):
    plain = canonical([7, 8], **CARD)
    return plain[:at] + new + plain[at + len(new) :]


@given(RANKINGS)
def test_a_ranking_comes_back_as_it_went_in(ranking):
    assert parse(canonical(ranking, **CARD), **CARD) == tuple(ranking)


def test_every_number_of_ranks_takes_the_same_room():
    assert {len(canonical(range(1, ranks + 1), **CARD)) for ranks in range(21)} == {512}


def test_without_padding_the_length_would_tell_the_number_of_ranks(monkeypatch):
    monkeypatch.setattr(ballots, "_padded", lambda content: content)
    assert len({len(canonical(range(1, ranks + 1), **CARD)) for ranks in range(21)}) == 21


@given(RANKINGS, st.integers(0, 511), st.integers(1, 255))
def test_bytes_are_read_only_if_they_are_what_we_would_write(ranking, at, flip):
    plain = bytearray(canonical(ranking, **CARD))
    plain[at] ^= flip
    try:
        read = parse(bytes(plain), **CARD)
    except SealingError:
        return
    assert canonical(read, **CARD) == bytes(plain)


def test_the_most_ranks_a_ballot_can_hold_come_back():
    card = {"vote_id": VOTE, "options": 65535, "max_ranks": ballots.MOST_RANKS}
    ranking = tuple(range(65535, 65535 - ballots.MOST_RANKS, -1))
    assert parse(canonical(ranking, **card), **card) == ranking


@pytest.mark.parametrize(
    ("ranking", "fault"),
    [
        ([0], Fault.UNKNOWN_OPTION),
        ([301], Fault.UNKNOWN_OPTION),
        ([-1], Fault.UNKNOWN_OPTION),
        ([5, 6, 5], Fault.OPTION_TWICE),
        (range(1, 22), Fault.TOO_MANY_RANKS),
    ],
)
def test_a_ranking_that_breaks_the_card_is_not_written(ranking, fault):
    assert fault_of(canonical, ranking, **CARD) is fault


@pytest.mark.parametrize(
    ("plain", "fault"),
    [
        (b"", Fault.NOT_A_BALLOT),
        (bytes(512), Fault.NOT_A_BALLOT),
        (canonical([1], **CARD)[:-1], Fault.NOT_A_BALLOT),
        (canonical([1], **CARD) + b"\0", Fault.NOT_A_BALLOT),
        (with_bytes(len(b"lamplight-ballot/"), b"2"), Fault.NOT_A_BALLOT),
        (with_bytes(COUNT_AT - 16, b"\xff"), Fault.OTHER_VOTE),
        (with_bytes(COUNT_AT, b"\xff\xff"), Fault.TOO_MANY_RANKS),
        (with_bytes(COUNT_AT, b"\0\x15"), Fault.TOO_MANY_RANKS),
        (with_bytes(COUNT_AT, b"\0\x01"), Fault.NOT_PADDED),
        (with_bytes(COUNT_AT, b"\0\x03"), Fault.UNKNOWN_OPTION),
        (with_bytes(COUNT_AT + 2, b"\0\x08"), Fault.OPTION_TWICE),
        (with_bytes(COUNT_AT + 2, b"\xff\xff"), Fault.UNKNOWN_OPTION),
        (with_bytes(511, b"\x01"), Fault.NOT_PADDED),
    ],
)
def test_bytes_that_are_no_ballot_of_this_vote_are_refused_with_the_reason(plain, fault):
    assert fault_of(parse, plain, **CARD) is fault


@pytest.mark.parametrize("card", [{"vote_id": b"short"}, {"max_ranks": 239}, {"options": 65536}])
def test_a_vote_that_does_not_fit_the_format_is_a_mistake_of_ours(card):
    with pytest.raises(ValueError):
        canonical([1], **CARD | card)

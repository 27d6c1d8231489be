"""The result file: what the key holders hand back, rankings and what could not be read, signed by each of them."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from app.voting.sealing import ballots, signatures
from app.voting.sealing.ballots import MOST_RANKS, VOTE_ID_BYTES
from app.voting.sealing.count_sets import HASH_BYTES, Facts
from app.voting.sealing.faults import Fault, SealingError
from app.voting.sealing.keys import PrivateKey
from app.voting.sealing.opening import FoundBad, Opened, Unreadable
from app.voting.sealing.reading import BadFile, Reader, Wrong

TAG = b"lamplight-result/1\n"
PURPOSE = "lamplight-result/1"
SIGNATURE_BYTES = 64


class BadResult(BadFile):
    """A result file that is refused."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came of a count set. `count_set_hash`: `Facts.hash()` of the set that was opened, 32 bytes.

    `rankings` are sorted as numbers are, `unreadable` and `bad_shares` by ciphertext hash, so that no order tells
    anything. `signatures`: 64 bytes of Ed25519 by the trustee of that number over the hash of all the rest.
    """

    vote_id: bytes
    count_root: bytes
    count_set_hash: bytes
    rankings: tuple[tuple[int, ...], ...]
    unreadable: tuple[Unreadable, ...]
    bad_shares: tuple[FoundBad, ...]
    trustees: tuple[int, ...]
    signatures: Mapping[int, bytes]
    drill: bool = False

    def content(self) -> bytes:
        """The file without its signatures."""
        people = bytes([len(self.trustees), *self.trustees])
        start = b"".join((TAG, bytes([self.drill]), self.vote_id, self.count_root, self.count_set_hash, people))
        rankings = b"".join(map(_ranking_written, self.rankings))
        unreadable, bad = map(_finding_written, self.unreadable), map(_finding_written, self.bad_shares)
        counts = [len(part).to_bytes(4, "big") for part in (self.rankings, self.unreadable, self.bad_shares)]
        return b"".join((start, counts[0], rankings, counts[1], *unreadable, counts[2], *bad))

    def content_hash(self) -> bytes:
        """What each trustee signs, 32 bytes; read aloud in groups it names the result."""
        return hashlib.sha256(self.content()).digest()


def make(opened: Opened, facts: Facts, *, private_keys: Mapping[int, PrivateKey]) -> Result:
    """The signed result of opening the count set of `facts` with these keys, each under its trustee's number."""
    unsigned = Result(
        vote_id=facts.vote_id,
        count_root=facts.count_root,
        count_set_hash=facts.hash(),
        rankings=tuple(sorted(ballot.ranking for ballot in opened.ballots)),
        unreadable=tuple(sorted(opened.unreadable, key=_finding_written)),
        bad_shares=tuple(sorted(opened.bad_shares, key=_finding_written)),
        trustees=tuple(sorted(private_keys)),
        signatures={},
        drill=facts.drill,
    )
    said = unsigned.content_hash()
    signed = {n: signatures.sign(said, purpose=PURPOSE, seed=private_keys[n].signing) for n in unsigned.trustees}
    return replace(unsigned, signatures=signed)


def to_bytes(result: Result) -> bytes:
    """The file: the content, then the signatures in the order of the trustees."""
    return result.content() + b"".join(result.signatures[number] for number in result.trustees)


def from_bytes(data: bytes) -> Result:
    """The result in a file made by `to_bytes`, and in no other: a changed byte is refused here or by `verify`.

    Raises BadResult.
    """
    reader = Reader(data, BadResult)
    reader.tag(TAG)
    drill = bool(reader.number(1, most=1))
    vote_id, count_root, count_set_hash = (reader.take(size) for size in (VOTE_ID_BYTES, HASH_BYTES, HASH_BYTES))
    trustees = tuple(reader.take(reader.number(1)))
    rankings = tuple(_ranking(reader) for _ in range(reader.number(4)))
    unreadable = tuple(_unreadable(reader) for _ in range(reader.number(4)))
    bad_shares = tuple(_bad_share(reader) for _ in range(reader.number(4)))
    signed = {number: reader.take(SIGNATURE_BYTES) for number in trustees}
    reader.end()
    in_order = list(trustees) == sorted(set(trustees)) and list(rankings) == sorted(rankings)
    found = [[_finding_written(each) for each in part] for part in (unreadable, bad_shares)]
    if not in_order or any(part != sorted(part) for part in found):
        raise BadResult(Wrong.OUT_OF_ORDER)
    return Result(
        vote_id=vote_id,
        count_root=count_root,
        count_set_hash=count_set_hash,
        rankings=rankings,
        unreadable=unreadable,
        bad_shares=bad_shares,
        trustees=trustees,
        signatures=signed,
        drill=drill,
    )


def verify(result: Result, facts: Facts, *, ciphertext_hashes: Collection[bytes] | None = None) -> None:
    """Raise BadResult with the reason unless this is the result of that count set, signed by enough of its trustees.

    A result of a drill is refused for a real vote, and the other way round. Where `ciphertext_hashes` (the SHA-256 of
    each ciphertext of the set) is given, an unreadable envelope must be one of them.
    """
    if result.drill != facts.drill:
        raise BadResult(Wrong.DRILL if result.drill else Wrong.NO_DRILL)
    if result.vote_id != facts.vote_id:
        raise BadResult(Wrong.OTHER_VOTE)
    if (result.count_root, result.count_set_hash) != (facts.count_root, facts.hash()):
        raise BadResult(Wrong.OTHER_SET)
    _ensure_signed(result, facts)
    if len(result.rankings) + len(result.unreadable) != facts.number:
        raise BadResult(Wrong.WRONG_NUMBER)
    _ensure_allowed(result.rankings, facts)
    found: list[Unreadable | FoundBad] = [*result.unreadable, *result.bad_shares]
    if any(each.trustee is not None and not 1 <= each.trustee <= len(facts.public_keys) for each in found):
        raise BadResult(Wrong.UNKNOWN_TRUSTEE)
    if ciphertext_hashes is not None and any(each.ciphertext_hash not in ciphertext_hashes for each in found):
        raise BadResult(Wrong.UNKNOWN_ENVELOPE)


def _ensure_signed(result: Result, facts: Facts) -> None:
    if any(not 1 <= number <= len(facts.public_keys) for number in result.trustees):
        raise BadResult(Wrong.UNKNOWN_TRUSTEE)
    if len(result.trustees) < facts.threshold:
        raise BadResult(Wrong.TOO_FEW_TRUSTEES)
    said = result.content_hash()
    for number in result.trustees:
        public = facts.public_keys[number - 1].signing
        if not signatures.is_signed(said, result.signatures[number], purpose=PURPOSE, public=public):
            raise BadResult(Wrong.BAD_SIGNATURE, trustee=number)


def _ensure_allowed(rankings: Iterable[tuple[int, ...]], facts: Facts) -> None:
    for ranking in rankings:
        try:
            ballots.canonical(ranking, vote_id=facts.vote_id, options=facts.options, max_ranks=facts.max_ranks)
        except SealingError:
            raise BadResult(Wrong.BAD_RANKING) from None


def _ranking(reader: Reader) -> tuple[int, ...]:
    ranks = reader.number(1, most=MOST_RANKS)
    numbers = reader.take(2 * ranks)
    return tuple(int.from_bytes(numbers[at : at + 2], "big") for at in range(0, len(numbers), 2))


def _unreadable(reader: Reader) -> Unreadable:
    hashed, fault, trustee = _finding(reader)
    return Unreadable(ciphertext_hash=hashed, fault=fault, trustee=trustee or None)


def _bad_share(reader: Reader) -> FoundBad:
    hashed, fault, trustee = _finding(reader)
    return FoundBad(ciphertext_hash=hashed, fault=fault, trustee=trustee)


def _finding(reader: Reader) -> tuple[bytes, Fault, int]:
    hashed = reader.take(HASH_BYTES)
    try:
        return hashed, Fault(reader.take(reader.number(1)).decode("ascii")), reader.number(1)
    except ValueError as reason:
        if isinstance(reason, BadFile):
            raise
        raise BadResult(Wrong.DAMAGED) from None


def _ranking_written(ranking: tuple[int, ...]) -> bytes:
    return bytes([len(ranking)]) + b"".join(number.to_bytes(2, "big") for number in ranking)


def _finding_written(each: Unreadable | FoundBad) -> bytes:
    fault = each.fault.encode("ascii")
    return each.ciphertext_hash + bytes([len(fault)]) + fault + bytes([each.trustee or 0])

"""The key check: a question that only the holder of a key can answer, before a vote opens and before it closes.

The server seals a random word to the public key; the key holder opens it, at home and without a network, and signs it.
So both halves of the key, the file and the passphrase are known to work, and no secret has left the house.
"""

import hashlib
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag

from app.voting.sealing import armor, signatures, suites
from app.voting.sealing.ballots import VOTE_ID_BYTES
from app.voting.sealing.keys import PrivateKey, PublicKey
from app.voting.sealing.reading import BadFile, Reader, Wrong

TAG = b"lamplight-key-check/1"
PURPOSE = "lamplight-key-check/1"
QUESTION, ANSWER = "LAMPLIGHT KEY CHECK", "LAMPLIGHT KEY CHECK ANSWER"
WORD_BYTES = 32
HASH_BYTES = 32
SIGNATURE_BYTES = 64


class BadKeyCheck(BadFile):
    """A question or an answer that is refused."""


@dataclass(frozen=True, kw_only=True)
class Challenge:
    """A question to one key: `key_hash` and `word_hash` are 32 bytes, `sealed` holds the word. Anybody may see it."""

    vote_id: bytes
    key_hash: bytes
    word_hash: bytes
    sealed: bytes
    drill: bool = False

    def to_bytes(self) -> bytes:
        """The file, as text."""
        parts = (bytes([self.drill]), self.vote_id, self.key_hash, self.word_hash, self.sealed)
        return armor.wrap(QUESTION, b"".join(parts)).encode()

    def hash(self) -> bytes:
        """32 bytes that stand for this question and no other."""
        return hashlib.sha256(TAG + self.to_bytes()).digest()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """`challenge_hash` says to which question; `word` is what was sealed; `signature` is the holder's over both."""

    challenge_hash: bytes
    word: bytes
    signature: bytes

    def to_bytes(self) -> bytes:
        """The file, as text."""
        return armor.wrap(ANSWER, self.challenge_hash + self.word + self.signature).encode()


def challenge(public_key: PublicKey, vote_id: bytes, *, drill: bool = False) -> Challenge:
    """A fresh question. Keep its bytes: they are all that `is_answered` needs."""
    word = secrets.token_bytes(WORD_BYTES)
    closing = suites.closing_key(public_key.algorithm, public_key.sealing)
    sealed = suites.SUITES[public_key.algorithm].encrypt(word, closing, info=_info(vote_id))
    return Challenge(
        vote_id=vote_id, key_hash=_key_hash(public_key), word_hash=_word_hash(word), sealed=sealed, drill=drill
    )


def challenge_from(data: bytes) -> Challenge:
    """The question in a file. Raises BadKeyCheck."""
    reader = Reader(_unwrapped(data, QUESTION), BadKeyCheck)
    drill, vote_id = bool(reader.number(1, most=1)), reader.take(VOTE_ID_BYTES)
    key_hash, word_hash = reader.take(HASH_BYTES), reader.take(HASH_BYTES)
    sealed = reader.take(len(reader.data) - reader.at)
    return Challenge(vote_id=vote_id, key_hash=key_hash, word_hash=word_hash, sealed=sealed, drill=drill)


def answer(asked: Challenge, private_key: PrivateKey) -> Answer:
    """What the holder of the key hands back. Raises BadKeyCheck: OTHER_KEY, DAMAGED."""
    if asked.key_hash != _key_hash(private_key.public()):
        raise BadKeyCheck(Wrong.OTHER_KEY)
    opening = suites.opening_key(private_key.algorithm, private_key.sealing)
    try:
        word = suites.SUITES[private_key.algorithm].decrypt(asked.sealed, opening, info=_info(asked.vote_id))
    except (InvalidTag, ValueError):
        raise BadKeyCheck(Wrong.DAMAGED) from None
    if _word_hash(word) != asked.word_hash:
        raise BadKeyCheck(Wrong.DAMAGED)
    signature = signatures.sign(asked.hash() + word, purpose=PURPOSE, seed=private_key.signing)
    return Answer(challenge_hash=asked.hash(), word=word, signature=signature)


def answer_from(data: bytes) -> Answer:
    """The answer in a file. Raises BadKeyCheck."""
    reader = Reader(_unwrapped(data, ANSWER), BadKeyCheck)
    given = Answer(
        challenge_hash=reader.take(HASH_BYTES), word=reader.take(WORD_BYTES), signature=reader.take(SIGNATURE_BYTES)
    )
    reader.end()
    return given


def verify(asked: Challenge, given: Answer, public_key: PublicKey) -> None:
    """Raise BadKeyCheck with the reason unless the holder of this key answered exactly this question."""
    if asked.key_hash != _key_hash(public_key):
        raise BadKeyCheck(Wrong.OTHER_KEY)
    word_fits = secrets.compare_digest(_word_hash(given.word), asked.word_hash)
    if given.challenge_hash != asked.hash() or not word_fits:
        raise BadKeyCheck(Wrong.WRONG_ANSWER)
    said = given.challenge_hash + given.word
    if not signatures.is_signed(said, given.signature, purpose=PURPOSE, public=public_key.signing):
        raise BadKeyCheck(Wrong.BAD_SIGNATURE)


def is_answered(asked: Challenge, given: Answer, public_key: PublicKey) -> bool:
    """Whether `verify` finds nothing wrong."""
    try:
        verify(asked, given, public_key)
    except BadKeyCheck:
        return False
    return True


def _unwrapped(data: bytes, label: str) -> bytes:
    try:
        return armor.unwrap(data.decode("ascii"), [label])[1]
    except armor.NotArmored:
        raise BadKeyCheck(Wrong.DAMAGED if label.encode() in data else Wrong.OTHER_FILE) from None
    except UnicodeDecodeError:
        raise BadKeyCheck(Wrong.OTHER_FILE) from None


def _info(vote_id: bytes) -> bytes:
    return TAG + vote_id


def _key_hash(public_key: PublicKey) -> bytes:
    return hashlib.sha256(TAG + public_key.to_bytes()).digest()


def _word_hash(word: bytes) -> bytes:
    return hashlib.sha256(TAG + word).digest()

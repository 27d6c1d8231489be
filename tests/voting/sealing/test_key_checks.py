"""A key check is passed with the right key only, for one question only, and no changed byte passes for another."""

from dataclasses import replace

import pytest

from app.voting.sealing import armor, key_checks, key_files, keys
from app.voting.sealing.faults import Fault, SealingError
from app.voting.sealing.key_checks import BadKeyCheck
from app.voting.sealing.reading import Wrong
from app.voting.sealing.suites import Algorithm

VOTE = bytes(range(16))
KEY, OTHER = keys.make(Algorithm.X25519), keys.make(Algorithm.X25519)
ASKED = key_checks.challenge(KEY.public(), VOTE)
GIVEN = key_checks.answer(ASKED, KEY)


def wrong_with(call, *args):
    with pytest.raises(BadKeyCheck) as caught:
        call(*args)
    return caught.value.wrong


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_the_holder_of_the_key_passes(algorithm):
    key = keys.make(algorithm)
    asked = key_checks.challenge_from(key_checks.challenge(key.public(), VOTE).to_bytes())
    given = key_checks.answer_from(key_checks.answer(asked, key).to_bytes())
    assert key_checks.is_answered(asked, given, key.public())


def test_another_key_is_told_apart_before_it_answers():
    assert wrong_with(key_checks.answer, ASKED, OTHER) is Wrong.OTHER_KEY


def test_an_answer_to_another_question_is_none():
    again = key_checks.challenge(KEY.public(), VOTE)
    assert wrong_with(key_checks.verify, again, GIVEN, KEY.public()) is Wrong.WRONG_ANSWER


def test_a_key_with_a_foreign_signing_half_does_not_pass():
    mixed = replace(KEY, signing=OTHER.signing)
    asked = key_checks.challenge(mixed.public(), VOTE)
    given = key_checks.answer(asked, mixed)
    forged = replace(given, signature=key_checks.answer(ASKED, KEY).signature)
    assert wrong_with(key_checks.verify, asked, forged, mixed.public()) is Wrong.BAD_SIGNATURE


def test_the_question_does_not_contain_its_answer():
    assert GIVEN.word not in armor.unwrap(ASKED.to_bytes().decode(), [key_checks.QUESTION])[1]


def test_a_question_of_another_vote_is_another_question():
    moved = replace(ASKED, vote_id=bytes(16))
    assert wrong_with(key_checks.answer, moved, KEY) is Wrong.DAMAGED


def outcomes(data, use):
    """What happens to each file in which one byte changed."""
    for at in range(len(data)):
        for flip in (0x01, 0x20, 0xFF):
            try:
                yield use(data[:at] + bytes([data[at] ^ flip]) + data[at + 1 :])
            except BadKeyCheck as error:
                yield error.wrong


def test_a_changed_question_is_not_answered_unless_it_still_says_the_same():
    def use(data):
        changed = key_checks.challenge_from(data)
        return "same" if changed == ASKED else key_checks.answer(changed, KEY)

    # Blanks at the end of a line say nothing; whatever says something else is refused.
    assert set(outcomes(ASKED.to_bytes(), use)) - {"same"} <= set(Wrong)


def test_a_changed_answer_does_not_pass_unless_it_still_says_the_same():
    def use(data):
        changed = key_checks.answer_from(data)
        return "same" if changed == GIVEN else key_checks.is_answered(ASKED, changed, KEY.public())

    assert set(outcomes(GIVEN.to_bytes(), use)) - {"same", False} <= set(Wrong)


def test_twin_without_the_signature_somebody_elses_word_would_do(monkeypatch):
    forged = replace(GIVEN, signature=bytes(64))
    assert not key_checks.is_answered(ASKED, forged, KEY.public())
    monkeypatch.setattr(key_checks.signatures, "is_signed", lambda *_, **__: True)
    assert key_checks.is_answered(ASKED, forged, KEY.public())


@pytest.mark.parametrize("data", [b"", b"hello", b"\xff\xfe", key_files.write(KEY).encode()])
def test_another_file_is_no_question_and_no_answer(data):
    assert wrong_with(key_checks.challenge_from, data) is Wrong.OTHER_FILE
    assert wrong_with(key_checks.answer_from, data) is Wrong.OTHER_FILE


def test_a_public_key_goes_to_the_clerk_as_text_and_comes_back():
    text = key_files.write_public(KEY.public())
    assert key_files.read_public(text.replace("\n", "\r\n")) == KEY.public()
    with pytest.raises(SealingError) as caught:
        key_files.read_public(key_files.write(KEY))
    assert caught.value.fault is Fault.NOT_A_KEY

"""Every reason the sealing rooms know has a sentence people read, and one the terminal shows."""

from app.voting.opening import words
from app.voting.sealing.faults import Fault
from app.voting.sealing.reading import SAYINGS, Wrong


def test_every_reason_has_its_sentence():
    assert set(words.FAULTS) == set(Fault)
    assert set(words.WRONGS) == set(SAYINGS) == set(Wrong)

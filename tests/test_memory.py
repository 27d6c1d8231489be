"""What tests remember is what they would have built: until one of them changes the code."""

from itertools import count

from tests import memory
from tests.memory import remembered

BUILT = count(1)


@remembered
def built():
    return next(BUILT)


def test_nothing_comes_from_memory_once_a_test_has_changed_something(app, monkeypatch):
    first = built()
    assert built() == first
    monkeypatch.setattr(memory, "OLDEST_SECONDS", memory.OLDEST_SECONDS)
    assert built() == first + 1 and built() == first + 2


def test_what_another_test_has_changed_does_not_count(app, monkeypatch):
    assert built() == built()

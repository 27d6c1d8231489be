"""A parcel opens with its own key, and with no other."""

import pytest

from app.voting.sealing import parcels
from app.voting.sealing.faults import Fault, SealingError


def test_a_parcel_gives_back_what_was_locked():
    key, parcel = parcels.lock(b"ten cards")
    assert b"ten cards" not in parcel and parcels.unlock(key, parcel) == b"ten cards"


@pytest.mark.parametrize("at", [0, 11, 12, -1])
def test_a_changed_byte_or_another_key_opens_nothing(at):
    key, parcel = parcels.lock(b"ten cards")
    changed = bytearray(parcel)
    changed[at] ^= 1
    for wrong_key, wrong_parcel in ((key, bytes(changed)), (bytes(32), parcel), (key, b"")):
        with pytest.raises(SealingError) as error:
            parcels.unlock(wrong_key, wrong_parcel)
        assert error.value.fault is Fault.CONTENT_DAMAGED

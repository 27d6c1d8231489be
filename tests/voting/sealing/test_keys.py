"""A trustee's key can be kept, read aloud and checked, and never shows itself by accident."""

import pytest

from app.voting.sealing import armor, key_files, keys, suites
from app.voting.sealing.faults import Fault, SealingError
from app.voting.sealing.suites import Algorithm

EITHER = pytest.mark.parametrize("algorithm", list(Algorithm))


def fault_of(call, *args, **kwargs):
    with pytest.raises(SealingError) as caught:
        call(*args, **kwargs)
    return caught.value.fault


@EITHER
def test_both_halves_come_back_from_their_bytes(algorithm):
    key = keys.make(algorithm)
    assert keys.private_from(key.to_bytes()) == key
    assert keys.public_from(key.public().to_bytes()) == key.public()


@EITHER
def test_a_public_key_has_the_length_its_algorithm_says(algorithm):
    assert len(keys.make(algorithm).public().sealing) == suites.PUBLIC_BYTES[algorithm]


def test_the_algorithm_is_the_first_byte_of_a_key():
    assert [keys.make(algorithm).public().to_bytes()[0] for algorithm in Algorithm] == [1, 2]


def test_no_two_keys_are_alike():
    assert len({keys.make(Algorithm.X25519).to_bytes() for _ in range(100)}) == 100


def test_a_fingerprint_is_six_groups_of_four_and_depends_on_both_halves(key):
    public, other = key.public(), keys.make().public()
    mixed = keys.PublicKey(algorithm=public.algorithm, sealing=public.sealing, signing=other.signing)
    assert [len(group) for group in keys.fingerprint(public).split("-")] == [4] * 6
    assert len({keys.fingerprint(each) for each in (public, other, mixed)}) == 3


def test_a_private_key_does_not_print_itself(key):
    assert "sealing" not in repr(key) and "signing" not in repr(key)


@EITHER
def test_the_key_check_passes_for_the_pair_and_for_no_other(algorithm):
    mine, other = keys.make(algorithm), keys.make(algorithm)
    assert keys.fits(mine, mine.public())
    assert not keys.fits(mine, other.public())


@pytest.mark.parametrize("data", [b"", b"\x01", b"\x01" * 2000, b"\x02" * 66])
def test_bytes_of_another_length_are_no_key(data):
    assert fault_of(keys.private_from, data) is Fault.NOT_A_KEY
    assert fault_of(keys.public_from, data) is Fault.NOT_A_KEY


def test_a_key_of_an_unknown_algorithm_is_named_as_such():
    assert fault_of(keys.public_from, b"\x03" * 65) is Fault.UNKNOWN_ALGORITHM


def test_a_damaged_public_key_is_refused_before_anything_is_sealed_to_it(key):
    data = key.public().to_bytes()
    assert fault_of(keys.public_from, data[:33] + b"\xff" * 1184 + data[-32:]) is Fault.NOT_A_KEY


@EITHER
@pytest.mark.parametrize("passphrase", [None, "correct horse ❤"])
def test_a_key_file_gives_the_key_back(algorithm, passphrase):
    key = keys.make(algorithm)
    assert key_files.read(key_files.write(key, passphrase=passphrase), passphrase=passphrase) == key


def test_a_key_file_may_have_come_through_another_system(key):
    text = key_files.write(key)
    assert key_files.read("\r\n" + text.replace("\n", "\r\n") + "\r\n") == key


def test_a_locked_key_opens_with_its_passphrase_only(key):
    text = key_files.write(key, passphrase="one")
    assert key_files.is_locked(text)
    assert fault_of(key_files.read, text, passphrase="two") is Fault.WRONG_PASSPHRASE
    assert fault_of(key_files.read, text) is Fault.WRONG_PASSPHRASE


def test_a_locked_key_file_does_not_contain_the_key(key):
    label, data = armor.unwrap(key_files.write(key, passphrase="one"), [key_files.LOCKED])
    assert key.sealing[:16] not in data and key.signing[:16] not in data
    assert label == "LAMPLIGHT ENCRYPTED TRUSTEE KEY"


def test_an_empty_passphrase_is_no_lock(key):
    with pytest.raises(ValueError):
        key_files.write(key, passphrase="")


NO_BASE64 = "-----BEGIN LAMPLIGHT TRUSTEE KEY-----\n???\n-----END LAMPLIGHT TRUSTEE KEY-----"


@pytest.mark.parametrize("text", ["", "hello", NO_BASE64])
def test_another_file_is_no_key_file(text):
    assert fault_of(key_files.read, text) is Fault.NOT_A_KEY


def test_a_cut_key_file_is_no_key(key):
    lines = key_files.write(key).splitlines()
    assert fault_of(key_files.read, "\n".join([lines[0], *lines[2:]])) in (Fault.NOT_A_KEY, Fault.UNKNOWN_ALGORITHM)


def test_a_cut_locked_key_file_does_not_open(key):
    lines = key_files.write(key, passphrase="one").splitlines()
    cut = "\n".join([lines[0], lines[1][:20], lines[-1]])
    assert fault_of(key_files.read, cut, passphrase="one") is Fault.WRONG_PASSPHRASE

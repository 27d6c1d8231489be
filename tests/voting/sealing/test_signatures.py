"""A signature holds for one message, one purpose and one signer."""

from app.voting.sealing import signatures

SEED = bytes(range(32))
PUBLIC = signatures.public_of(SEED)
SIGNATURE = signatures.sign(b"leaf", purpose="lamplight-receipt/1", seed=SEED)


def holds(message=b"leaf", signature=SIGNATURE, purpose="lamplight-receipt/1", public=PUBLIC):
    return signatures.is_signed(message, signature, purpose=purpose, public=public)


def test_a_signature_holds_for_what_was_signed():
    assert holds()


def test_it_holds_for_no_other_message_purpose_or_signer():
    stranger = signatures.public_of(signatures.make_seed())
    assert not holds(message=b"leaf2")
    assert not holds(purpose="lamplight-head/1")
    assert not holds(public=stranger)


def test_the_end_of_a_purpose_cannot_be_moved_into_the_message():
    assert not holds(message=b"1leaf", purpose="lamplight-receipt/")


def test_no_damaged_signature_holds():
    for at in range(64):
        assert not holds(signature=SIGNATURE[:at] + bytes([SIGNATURE[at] ^ 1]) + SIGNATURE[at + 1 :])


def test_nonsense_is_simply_not_a_signature():
    assert not holds(signature=b"") and not holds(public=b"short") and not holds(public=b"\xff" * 32)
